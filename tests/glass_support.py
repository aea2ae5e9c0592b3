"""Looking at the glass as a person would: what overlaps, which letters and colours are there, what is legible."""

from __future__ import annotations

import base64
from typing import Any
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

# Every line of text that a viewer sees, as boxes of its letters; and which of them lie on each other.
OVERLAPS = """() => {
  const seen = [], hits = [];
  const shown = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const walker = document.createTreeWalker(document.querySelector(".wall:not([hidden])"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || !shown(parent) || getComputedStyle(parent).fontSize === "0px") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const chips = parent.closest(".far-chips")?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      // A chip that finds no room on its line is on the next one, which is not shown.
      if (chips && box.top >= chips.bottom) continue;
      // The box of a line is taller than its letters: accents above, tails below.
      const cut = box.height * 0.22;
      const [left, right, top, bottom] = [box.left + 1, box.right - 1, box.top + cut, box.bottom - cut];
      if (right > left) seen.push({left, right, top, bottom, words: node.textContent.trim()});
    }
  }
  for (let i = 0; i < seen.length; i++)
    for (let j = i + 1; j < seen.length; j++) {
      const [a, b] = [seen[i], seen[j]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 2) hits.push([a.words, b.words]);
    }
  const out = seen.filter((box) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight);
  return {hits, out: out.map((box) => box.words), lines: seen.length};
}"""

# Marks what holds letters of its own: only that has a font.
LETTERED = """() => {
  for (const each of document.querySelectorAll(".wall:not([hidden]) *"))
    if ([...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()))
      each.dataset.lettered = "";
}"""
# Pixels of the two alarm colours in a picture; drawn on a page of its own, which no policy forbids to read pictures.
CENSUS = """async ([picture, colours]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  return colours.map(([red, green, blue]) => {
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const far = Math.abs(pixels[at] - red) + Math.abs(pixels[at + 1] - green) + Math.abs(pixels[at + 2] - blue);
      if (far <= 24) count += 1;
    }
    return count;
  });
}"""
RED, AMBER = (255, 107, 90), (245, 180, 60)
# One blank page per browser context: pictures are counted there.
_EASELS: WeakKeyDictionary[BrowserContext, Page] = WeakKeyDictionary()
LEAST_CONTRAST_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}


def overlapping(page: Page) -> dict[str, Any]:
    """Pairs of texts that lie on each other, texts that leave the glass, and how many lines were looked at."""
    found: dict[str, Any] = page.evaluate(OVERLAPS)
    assert found["lines"] > 5
    return found


def alarm_pixels(page: Page) -> tuple[int, int]:
    """How many red and how many amber pixels the glass shows."""
    picture = base64.b64encode(page.screenshot()).decode()
    easel = _EASELS.get(page.context)
    if easel is None:
        easel = _EASELS[page.context] = page.context.new_page()
    red, amber = easel.evaluate(CENSUS, [picture, [RED, AMBER]])
    return red, amber


def fonts_used(page: Page) -> dict[str, bool]:
    """Every font family whose glyphs are in any scene of the page, shown or not, and whether it is one we serve."""
    page.evaluate(LETTERED)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    names: dict[str, bool] = {}
    ids = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".wall:not([hidden]) [data-lettered]"})[
        "nodeIds"
    ]
    for node in ids:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            names[font["familyName"]] = font["isCustomFont"]
    session.detach()
    return names


def contrast_problems(page: Page) -> list[str]:
    """Texts whose contrast axe-core calls too low (WCAG AA)."""
    results = Axe().run(page, context=".wall:not([hidden])", options=LEAST_CONTRAST_RULES)
    violations = results.response["violations"]
    return [f"{node['target']}: {node['any'][0]['message']}" for item in violations for node in item["nodes"]]
