"""The clerks' pages in a real browser: log in, work the queue, look closer, approve, see it move."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from waitress.server import create_server

from central import place
from central.registry.models import Document
from tests.central.conftest import PASSWORD
from tests.central.village import CHILD, Kiosk, Packet, Ticket, packet

#: Set to a directory to keep the pictures.
PICTURES = os.environ.get("PRODESAKU_PICTURES", "")


@pytest.fixture
def parcel(kiosk: Kiosk, ticket: Ticket) -> Packet:
    made = packet(services=("akta_lahir", "kia_baru"), ticket=ticket.recipient)
    kiosk.deliver(made)
    return made


@pytest.fixture
def url(office: place.Place) -> Iterator[str]:
    from central.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[attr-defined]
    server.close()
    thread.join(5)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--window-size=1280,800",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    # a page that is just coming does not have its parts yet
    driver.implicitly_wait(10)
    yield driver
    driver.quit()


class Desk:
    """What a clerk does with mouse and keys."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver, self.url = driver, url

    def log_in(self) -> None:
        self.driver.get(f"{self.url}/dinas/")
        self.driver.find_element(By.NAME, "username").send_keys("dinas")
        self.driver.find_element(By.NAME, "password").send_keys(PASSWORD, Keys.ENTER)
        # the address of the log-in page ends with where it leads to, so only the path tells
        self.until(lambda: urlsplit(self.driver.current_url).path == "/dinas/")

    def until(self, condition: object, seconds: float = 20) -> None:
        # a page that is just going answers with errors of its own kind, not always with "stale"
        wait = WebDriverWait(self.driver, seconds, ignored_exceptions=[WebDriverException])
        wait.until(lambda _: condition())  # type: ignore[operator]

    def text(self) -> str:
        bodies: list[str] = []

        def read() -> bool:
            bodies[:] = [body.text for body in self.driver.find_elements(By.TAG_NAME, "body")]
            return bool(bodies)

        self.until(read)
        return bodies[0]

    def press(self, words: str) -> None:
        def pressed() -> bool:
            self.driver.find_element(By.XPATH, f"//*[self::button or self::a or self::summary][.='{words}']").click()
            return True

        self.until(pressed)

    def picture(self, name: str) -> None:
        if PICTURES:
            self.driver.save_screenshot(str(Path(PICTURES) / f"{name}.png"))

    def complaints(self) -> list[str]:
        return [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"]


@pytest.fixture
def desk(browser: webdriver.Chrome, url: str) -> Desk:
    return Desk(browser, url)


@pytest.mark.timeout(180)
def test_a_clerk_works_the_queue(desk: Desk, kiosk: Kiosk, ticket: Ticket, parcel: Packet) -> None:
    driver = desk.driver
    desk.log_in()
    assert "KBL-7F3K9-X" in desk.text() and "Perlu diperiksa" in desk.text()
    driver.find_element(By.LINK_TEXT, "KBL-7F3K9-X").click()
    desk.until(lambda: CHILD in desk.text())

    stage = driver.find_element(By.CSS_SELECTOR, ".stage")
    image = driver.find_element(By.CSS_SELECTOR, "figure.on img")
    desk.until(lambda: image.size["height"] > 400)
    fits = image.size
    assert fits["height"] <= stage.size["height"] and fits["width"] <= stage.size["width"]
    driver.find_element(By.CSS_SELECTOR, "[data-act=in]").click()
    desk.until(lambda: image.size["height"] > fits["height"] * 1.4)
    driver.find_element(By.CSS_SELECTOR, "[data-act=out]").click()
    driver.find_element(By.CSS_SELECTOR, "[data-act=rotate]").click()
    desk.until(lambda: "rotate(90deg)" in (image.get_attribute("style") or ""))
    driver.find_element(By.CSS_SELECTOR, "[data-act=next]").click()
    desk.until(lambda: driver.find_element(By.CSS_SELECTOR, ".thumbs [aria-current]").text == "2. Kartu keluarga")
    assert len(driver.find_elements(By.CSS_SELECTOR, "figure.on")) == 1

    copy = driver.find_element(By.CSS_SELECTOR, "[aria-label='Salin NIK pemohon']")
    copy.click()
    desk.until(lambda: copy.text == "Tersalin")

    desk.press("Setujui")
    desk.until(lambda: "Disetujui, belum dikirim" in desk.text())
    assert [event.get("state") for event in kiosk.events()][-1] == "approved"
    desk.press("Terbitkan spesimen")
    desk.until(lambda: "Lihat PDF yang dikirim" in desk.text())
    assert Document.objects.get(service="akta_lahir").state == "signed"
    sealed = [event for event in kiosk.events() if event["type"] == "document"][-1]
    assert b"%PDF-" in ticket.open(kiosk.ask("GET", f"/v1/blobs/{sealed['sha256']}").content)

    desk.press("Siap diambil")
    desk.press("Kabari warga: siap diambil")
    desk.until(lambda: "Warga dikabari" in desk.text())
    desk.press("‹ Daftar")
    desk.until(lambda: "Semua sudah dikerjakan" in desk.text())
    driver.find_element(By.PARTIAL_LINK_TEXT, "Dikirim").click()
    desk.until(lambda: "Siap dicetak di desa" in desk.text())
    assert not desk.complaints()


@pytest.mark.timeout(120)
def test_a_clerk_returns_a_paper_without_scripts(desk: Desk, kiosk: Kiosk, parcel: Packet) -> None:
    desk.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    desk.log_in()
    desk.driver.find_element(By.LINK_TEXT, "KBL-7F3K9-X").click()
    desk.until(lambda: CHILD in desk.text())
    assert len([figure for figure in desk.driver.find_elements(By.TAG_NAME, "figure") if figure.is_displayed()]) == 2
    desk.driver.find_element(By.XPATH, "//summary[.='Kembalikan']").click()
    form = desk.driver.find_element(By.CSS_SELECTOR, "form[action$='.1/kembalikan']")
    form.find_element(By.XPATH, ".//option[@value='berkas:0']").click()
    form.find_element(By.XPATH, ".//option[@value='foto_buram']").click()
    form.find_element(By.NAME, "text").send_keys("Nama bidan tidak terbaca.")
    form.find_element(By.TAG_NAME, "button").click()
    desk.until(lambda: "Menunggu perbaikan" in desk.text())
    assert kiosk.events()[-1]["reason_code"] == "foto_buram"
