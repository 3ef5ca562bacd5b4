// Comfort only: everything a clerk must be able to do works without this file, except looking closer at a paper.
"use strict";

for (const select of document.querySelectorAll("[data-submit]")) select.addEventListener("change", () => select.form.submit());
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    if (!(await copy(button.dataset.copy))) return;
    for (const other of document.querySelectorAll(".copy.ok")) { other.classList.remove("ok"); other.textContent = "Salin"; }
    button.classList.add("ok");
    button.textContent = "Tersalin";
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // over plain HTTP in an office network there is no clipboard API
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// one act form open at a time in each document
for (const card of document.querySelectorAll(".document")) {
  const all = card.querySelectorAll("details");
  for (const one of all) one.addEventListener("toggle", () => { if (one.open) for (const other of all) if (other !== one) other.open = false; });
}

const viewer = document.querySelector("[data-viewer]");
if (viewer && viewer.querySelector("figure")) look(viewer);

function look(viewer) {
  const stage = viewer.querySelector(".stage");
  const figures = [...viewer.querySelectorAll("figure")];
  const links = [...viewer.querySelectorAll("[data-show]")];
  const told = viewer.querySelector("[data-zoom]");
  const view = figures.map(() => ({ zoom: 1, turn: 0 }));
  let shown = 0;
  viewer.classList.add("live");
  viewer.querySelector(".tools").hidden = false;

  function draw() {
    const { zoom, turn } = view[shown];
    const image = figures[shown].querySelector("img");
    const paper = image.parentElement;
    figures.forEach((figure, i) => figure.classList.toggle("on", i === shown));
    links.forEach((link, i) => (i === shown ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    if (!image.naturalWidth) return;
    const sideways = turn % 180 !== 0;
    const wide = sideways ? image.naturalHeight : image.naturalWidth;
    const high = sideways ? image.naturalWidth : image.naturalHeight;
    const fit = Math.min((stage.clientWidth - 24) / wide, (stage.clientHeight - 24) / high);
    const scale = fit * zoom;
    paper.style.width = `${wide * scale}px`;
    paper.style.height = `${high * scale}px`;
    image.style.width = `${image.naturalWidth * scale}px`;
    image.style.position = "absolute";
    image.style.left = image.style.top = "50%";
    image.style.transform = `translate(-50%, -50%) rotate(${turn}deg)`;
    image.style.cursor = zoom > 1 ? "zoom-out" : "zoom-in";
    told.textContent = zoom === 1 ? "Pas" : `${Math.round(zoom * 100)}%`;
  }

  function zoomTo(zoom, at) {
    const paper = figures[shown].querySelector(".paper");
    const before = paper.getBoundingClientRect();
    const point = at ? [(at.clientX - before.left) / before.width, (at.clientY - before.top) / before.height] : [0.5, 0.5];
    view[shown].zoom = Math.min(6, Math.max(1, zoom));
    draw();
    const after = paper.getBoundingClientRect(), frame = stage.getBoundingClientRect();
    stage.scrollBehavior = "auto";
    stage.scrollLeft += after.left + point[0] * after.width - (at ? at.clientX : frame.left + frame.width / 2);
    stage.scrollTop += after.top + point[1] * after.height - (at ? at.clientY : frame.top + frame.height / 2);
  }

  function show(i) { shown = (i + figures.length) % figures.length; draw(); }

  const acts = {
    previous: () => show(shown - 1),
    next: () => show(shown + 1),
    in: () => zoomTo(view[shown].zoom * 1.5),
    out: () => zoomTo(view[shown].zoom / 1.5),
    rotate: () => { view[shown].turn = (view[shown].turn + 90) % 360; draw(); },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : viewer.requestFullscreen()),
  };
  for (const button of viewer.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
  links.forEach((link, i) => link.addEventListener("click", (event) => { event.preventDefault(); show(i); }));
  figures.forEach((figure) => {
    const image = figure.querySelector("img");
    image.addEventListener("load", draw);
    image.addEventListener("click", (event) => zoomTo(view[shown].zoom > 1 ? 1 : 2.5, event));
  });
  stage.addEventListener("keydown", (event) => {
    const act = { ArrowLeft: "previous", ArrowRight: "next", "+": "in", "-": "out", r: "rotate" }[event.key];
    if (act && view[shown].zoom === 1 || "+-r".includes(event.key)) { event.preventDefault(); acts[act](); }
  });
  new ResizeObserver(draw).observe(stage);
  draw();
}
