"""The dock in a real browser: every button is whole, can be pressed with the mouse, and does its verb."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from drivers.virtual.dock import Dock
from drivers.virtual.script import VERBS
from drivers.virtual.world import World
from tests.drivers.until import until

SIZES = ((1500, 1000), (1280, 800), (1024, 768), (420, 800))
#: What of a page's buttons sticks out of its card, or hides part of its words.
CLIPPED = """
return [...document.querySelectorAll("button")].filter(button => {
  const box = button.getBoundingClientRect(), card = button.closest("section").getBoundingClientRect();
  return !box.width || button.scrollWidth > button.clientWidth || box.left < card.left || box.right > card.right
    || box.bottom > card.bottom || card.right > innerWidth;
}).map(button => button.textContent)
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("dock"))
    made.prepare()
    return made


@pytest.fixture(scope="module")
def browser(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    profile: Path = tmp_path_factory.mktemp("profile")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    with Dock(world.directory) as dock:
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        driver.get(dock.url)
        driver.implicitly_wait(10)
        driver.find_element(By.CSS_SELECTOR, "[data-verb]")
        yield driver
        driver.quit()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_button_is_clipped(browser: webdriver.Chrome, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert browser.execute_script(CLIPPED) == []
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_every_button_pressed_with_the_mouse_does_its_verb(browser: webdriver.Chrome, world: World) -> None:
    pressed = set[tuple[str, str]]()
    for button in browser.find_elements(By.CSS_SELECTOR, "[data-panel] [data-verb]"):
        role = button.find_element(By.XPATH, "ancestor::*[@data-panel]").get_attribute("data-panel") or ""
        verb = button.get_attribute("data-verb") or ""
        if verb.startswith("press-"):
            continue
        browser.execute_script("arguments[0].click()", button)
        until(lambda role=role, verb=verb: world.state(role).items() >= VERBS[role][verb].items())
        pressed.add((role, verb))
    rest = {(role, verb) for role, verbs in VERBS.items() for verb in verbs} - pressed
    assert rest == {
        ("camera", "lift"),
        ("scanner", "empty"),
        *(("keypad", f"press-{k}") for k in ("yes", "no", "back")),
    }


def test_a_key_is_held_for_as_long_as_the_mouse_is_down(browser: webdriver.Chrome, world: World) -> None:
    for key in ("yes", "no", "back"):
        button = browser.find_element(By.CSS_SELECTOR, f"[data-verb=press-{key}]")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        ActionChains(browser).click_and_hold(button).perform()
        until(lambda key=key: world.get("keypad", "key") == key)
        ActionChains(browser).release().perform()
        until(lambda: world.get("keypad", "key") == "")


def test_papers_are_laid_and_taken_away(browser: webdriver.Chrome, world: World) -> None:
    for place, (role, key) in {"lay": ("camera", "paper"), "feed": ("scanner", "page")}.items():
        first, *_, last = browser.find_elements(By.CSS_SELECTOR, f"[data-papers={place}] button")
        browser.execute_script("arguments[0].click()", first)
        until(lambda role=role, key=key: Path(world.get(role, key)).is_file())
        browser.execute_script("arguments[0].click()", last)
        until(lambda role=role, key=key: world.get(role, key) == "")
