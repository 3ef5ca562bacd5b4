// Write the pages that Chromium turns into the kiosk's pictures, and the list of pages with their sizes.
// Usage: node draw.mjs MOCK_SRC ICON_NAMES OUT. Run from a folder that holds the mock-ups' node_modules and parts.mjs.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
const [source, namesFile, out] = process.argv.slice(2);
const P = await import(pathToFileURL(`${source}/parts.mjs`));
const build = fs.readFileSync(`${source}/build.mjs`, 'utf8');
const { icon, weave, mark, doc, qr, scene } = P;
// The drawings that only build.mjs holds are taken from its text, so that picture and screen keep one source.
const take = (from, to) => { const a = build.indexOf(from), b = build.indexOf(to, a); if (a < 0 || b < 0) throw new Error(`not found: ${from}`); return build.slice(a, b); };
const own = new Function('P', 'icon', 'doc', 'qr', 'weave', 'NO', `${take('const artTrack', 'const home =')}${take('const pl =', 'const chk')}${take('const printerArt', "add('10-")}${take('const issued', "add('11-")}${take('const face =', "add('14-")}return { artTrack, artPrint, printerArt, face, paper, issued };`)(P, icon, doc, qr, weave, '');
const pages = [];
const page = (name, w, h, html, scale = 2) => { fs.writeFileSync(`${out}/${name}.html`, `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="${source}/kiosk.css"><style>html,body{background:transparent}</style><body style="display:block">${html}</body>`); pages.push(`${name}|${w}|${h}|${scale}`); };
const black = { bg: '#fff', a: '#000', b: '#000', c: '#000' }, dark = { bg: '#fff', a: '#131B42', b: '#131B42', c: '#131B42' };
const at = (x, y, html, more = '') => `<div style="position:absolute;left:${x}px;top:${y}px;${more}">${html}</div>`;

// Icon sheets: 16 to a row, cells of 128 with the icon in the middle, so that no stroke is cut.
const names = fs.readFileSync(namesFile, 'utf8').split(/\s+/).filter(Boolean);
const sheet = (name, list, size, cell, stroke) => page(name, cell * 16, cell * Math.ceil(list.length / 16), list.map((n, k) => at((k % 16) * cell + (cell - size) / 2, Math.floor(k / 16) * cell + (cell - size) / 2, icon(n, size, stroke(n), '#fff'))).join(''), 1);
sheet('sheet-icons', names, 112, 128, () => 2);
sheet('sheet-large', names, 224, 240, () => 2);

// The woven strip: one seamless tile a height, and in pure black for paper.
for (const h of [12, 16, 24]) page(`motif-${h}`, h * 2, h, weave(h), 1);
page('motif', 128, 64, weave(64), 1);
for (const h of [20, 28]) page(`motif-black-${h}`, h * 2, h, weave(h, black), 1);
// A dialog's woven edge, 16 high, cut to its round corners of 32; the strip between them is repeated.
for (const side of ['left', 'right']) page(`motif-cap-${side}`, 32, 32, `<div style="width:32px;height:32px;overflow:hidden;border-top-${side}-radius:32px">${weave(16)}</div>`);
page('scene', 1280, 800, scene(), 1);
page('scene-1920', 1920, 1200, scene().replace('width="1280" height="800"', 'width="1920" height="1200"'), 1);
page('mark', 52, 52, mark(52), 4); page('mark-dark', 52, 52, mark(52, '#131B42'), 4); page('mark-contrast', 52, 52, mark(52, '#000', '#FFD84A'), 4);
page('doc', 346, 471, doc(346)); page('doc-plain', 200, 272, doc(200, { q: false })); page('doc-back', 200, 272, doc(200, { tint: '#B9C2E2' }));
// Where drawings lie on a tile, with the tile's upper right corner as the picture's.
page('art-hero', 330, 230, at(98, 34, doc(104, { tint: '#B9C2E2' }), 'transform:rotate(-7deg);opacity:.5') + at(176, 26, doc(114), 'transform:rotate(5deg);filter:drop-shadow(0 10px 18px rgba(10,14,40,.35))'));
page('art-track', 96, 170, own.artTrack.replace('position:absolute;right:30px;top:30px', '').replace('style=""', ''));
page('art-print', 180, 140, own.artPrint.replace('right:34px', 'left:34px').replace('right:16px', 'left:16px'));
page('art-track-doc', 260, 240, at(44, 0, doc(150), 'transform:rotate(6deg);margin-top:-56px'));
page('printer', 480, 352, own.printerArt(false, 480)); page('printer-empty', 480, 352, own.printerArt(true, 480));
page('sheet-example', 640, 526, own.issued); page('capture-example', 812, 520, at(0, 0, own.paper, 'width:812px;height:520px'));
for (const k of [0, 1, 2, 3]) { page(`face-${k + 1}`, 148, 148, own.face(k, false)); page(`face-${k + 1}-on`, 148, 148, own.face(k, true)); }
// The ticket is drawn, never shown: its sample code holds no key. Services and number are left blank for the screen's words.
const sample = (w, hole) => `<div style="width:${w}px;background:#fff;border-radius:4px 4px 0 0;padding:20px 22px 0;text-align:center;color:#131B42">${weave(14, dark)}<div style="height:${hole}px"></div><div style="margin:12px auto 0;width:168px">${qr('PRO DESAKU CONTOH', 168)}</div><div style="font-size:18px;font-weight:600;margin-top:12px;line-height:1.3">Pindai di mesin Pro Desaku</div><div style="font-weight:800;font-size:22px;border-top:2px dashed #131B42;margin-top:12px;padding:9px 0 120px">BIAYA Rp0</div></div>`;
page('ticket', 316, 478, sample(316, 79));
page('ticket-tilted', 360, 500, at(22, 14, `<div style="box-shadow:var(--sh2)">${sample(316, 79)}</div>`, 'transform:rotate(-3deg)'));
page('scan-ticket', 520, 540, `<svg class="i" width="520" height="520" viewBox="0 0 520 520" style="position:absolute;left:0;top:20px"><path d="M150 470L40 200h440L370 470z" fill="#4A5CA8" opacity=".38"/><path d="M190 470L110 240h300L330 470z" fill="#4A5CA8" opacity=".5"/><rect x="96" y="456" width="328" height="64" rx="20" fill="#131B42"/><rect x="150" y="470" width="220" height="16" rx="8" fill="#E0454F"/></svg><div style="position:absolute;left:140px;top:36px;transform:rotate(-4deg);background:#fff;width:240px;padding:18px 0 22px;box-shadow:var(--sh3)" class="col"><div style="padding:0 18px">${weave(12, dark)}</div><div class="num" style="text-align:center;font-size:28px;margin:8px 0 10px">KBL-7F3K9-X</div><div style="margin:0 auto">${qr('PRO DESAKU CONTOH', 147)}</div></div>`);
// How a paper lies in the tray, one drawing a kind of paper, and where a number stands on a card.
const lines = (rows) => rows.map(([x, y, l]) => `<path d="M${x} ${y}h${l}"/>`).join('');
const paper = (name, inner) => page(`paper-${name}`, 104, 84, `<svg class="i" width="104" height="84" viewBox="0 0 104 84"><rect x="1.5" y="1.5" width="101" height="81" rx="8" fill="#3C414F" stroke="#AEB8DD" stroke-width="3"/>${inner}</svg>`, 3);
const ink = (d) => `<g stroke="#AEB8DD" stroke-width="4" stroke-linecap="round" fill="none">${d}</g>`;
paper('letter', `<rect x="30" y="11" width="44" height="62" rx="2" fill="#fff"/>${ink(lines([[38, 22, 28], [38, 32, 28], [38, 42, 20]]))}`);
paper('family-card', `<rect x="14" y="16" width="76" height="52" rx="2" fill="#fff"/>${ink(lines([[38, 25, 28], [22, 37, 60], [22, 47, 60], [22, 57, 60]]))}`);
paper('booklet', `<path d="M52 18c-8 -6 -24 -6 -32 -3v50c8 -3 24 -3 32 3c8 -6 24 -6 32 -3V15c-8 -3 -24 -3 -32 3z" fill="#fff"/>${ink('<path d="M52 18v50"/>' + lines([[27, 29, 16], [27, 39, 16], [61, 29, 16], [61, 39, 16]]))}`);
paper('card', `<rect x="22" y="24" width="60" height="37" rx="4" fill="#fff"/>${ink(lines([[30, 33, 26], [30, 42, 20], [30, 51, 24]]))}<rect x="64" y="34" width="12" height="18" rx="2" fill="#AEB8DD"/>`);
const card = build.match(/<svg class="i" width="118"[\s\S]*?<\/svg>/)[0]; page('card-nik', 118, 74, card);
page('card-kk', 118, 74, `<svg class="i" width="118" height="74" viewBox="0 0 168 106"><rect x="1" y="1" width="166" height="104" rx="6" fill="#E6EAF6" stroke="#AEB8DD" stroke-width="2"/><rect x="44" y="9" width="80" height="6" rx="3" fill="#AEB8DD"/><rect x="36" y="20" width="96" height="17" rx="4" fill="#F2B441" stroke="#643F00" stroke-width="2"/><text x="42" y="33" font-family="Angka" font-weight="700" font-size="12" fill="#131B42">No. 7315 06…</text><g fill="#AEB8DD"><rect x="12" y="48" width="144" height="5" rx="2.5"/><rect x="12" y="60" width="144" height="5" rx="2.5"/><rect x="12" y="72" width="144" height="5" rx="2.5"/><rect x="12" y="84" width="144" height="5" rx="2.5"/></g></svg>`);
page('lontara', 168, 84, `<div style="font:400 60px/84px Lontara;color:#fff;padding-left:6px;white-space:nowrap">ᨈᨅᨙ</div>`, 3);
fs.writeFileSync(`${out}/pages.txt`, pages.join('\n') + '\n');
