"""Drives the form in a real browser: python3 form.py ADDRESS FOLDER SCREENSHOTS [CHROMIUM].

ADDRESS is that of an open form over a folder with one whole record; FOLDER is that folder. Prints what was looked at as one
line of JSON, and fails where something is not as it should be. Screenshots of every page are kept.
"""

import glob
import json
import pathlib
import re
import shutil
import sys
import sysconfig

from playwright.sync_api import sync_playwright

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADDRESS, FOLDER, SHOTS = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
CHROMIUM = sys.argv[4] if len(sys.argv) > 4 else "/usr/bin/chromium"
AXE = pathlib.Path(
    glob.glob(sysconfig.get_paths()["purelib"] + "/axe_playwright_python/axe.min.js")[0]
).read_text(encoding="utf-8")


def opened(browser, **options):
    """A window that is patient: other work may keep this computer busy."""
    context = browser.new_context(**options)
    context.set_default_timeout(180_000)
    return context


def links(page):
    """The pages that a page leads to, without the packs. A page with a pack beside it is the same page again."""
    found = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.href)")
    return [one.split("#")[0] for one in found
            if one.startswith(ADDRESS) and "/preview/" not in one and "beside=" not in one]


def look_at(pages, number, address):
    """One page in every window; every tenth in the dark, with high contrast and as it is printed. Answers the rules it keeps."""
    # Without the key of the child, which is another one in each run.
    name = re.sub(r"^c/[0-9a-f]{16}/", "child/", address[len(ADDRESS):]).strip("/").replace("/", "-") or "class"
    passes = 0
    for kind, page in pages.items():
        if kind == "dark" and number % 10:
            continue
        page.goto(address)
        if kind in ("wide", "dark"):
            page.evaluate(AXE)
            told = page.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}, iframes: false}})")
            wrong = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in told["violations"]]
            assert not wrong, f"{name} ({kind}): {wrong}"
            passes += len(told["passes"])
        else:
            wide_as = page.evaluate("document.documentElement.scrollWidth")
            assert wide_as <= 320, f"{name} runs off a screen of 320: {wide_as}"
        if kind in ("wide", "narrow"):
            page.screenshot(path=SHOTS / f"{kind}-{name}.png", full_page=True)
        if kind == "wide" and number % 10 == 0:
            page.emulate_media(forced_colors="active")
            page.screenshot(path=SHOTS / f"contrast-{name}.png", full_page=True)
            page.emulate_media(forced_colors="none")
            page.emulate_media(media="print")
            page.screenshot(path=SHOTS / f"print-{name}.png", full_page=True)
            page.emulate_media(media="screen")
    return passes


def is_foreign(address):
    """Whether something is asked of a network; the browser shows a PDF with parts of its own."""
    return not address.startswith((ADDRESS, "chrome:", "chrome-extension:", "data:", "blob:", "about:"))


def looked_at(browser, foreign):
    """Every page, wide and as wide as a telephone or a screen at 400 %: what axe finds, whether it runs off the screen, what
    the page asks of other computers. Every tenth in the dark too."""
    wide = opened(browser, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    narrow = opened(browser, viewport={"width": 320, "height": 800})
    dark = opened(browser, viewport={"width": 1280, "height": 900}, color_scheme="dark", bypass_csp=True)
    pages = {name: context.new_page() for name, context in
             [("wide", wide), ("narrow", narrow), ("dark", dark)]}
    for page in pages.values():
        page.on("request", lambda request: foreign.append(request.url) if is_foreign(request.url) else None)
    seen, passes = [ADDRESS], 0
    for number, address in enumerate(seen):
        passes += look_at(pages, number, address)
        for link in links(pages["wide"]):
            if link not in seen:
                seen.append(link)
    # With a pack beside the page: on every tenth, and put away again.
    with_packs = [one for one in seen if "/p/" in one and "?" not in one][::10]
    for number, address in enumerate(with_packs):
        passes += look_at(pages, 10 * number, f"{address}?beside=safeguarding")
    pages["wide"].goto(f"{with_packs[0]}?beside=none")
    for context in (wide, narrow, dark):
        context.close()
    return len(seen), passes


def record_text():
    return next(FOLDER.glob("*.toml")).read_text(encoding="utf-8")


def comes_to_say(page, text):
    """Whether the record says something, at once or when the save that is on its way has arrived."""
    for _ in range(600):
        if text in record_text():
            return True
        page.wait_for_timeout(100)
    return False


def tab_to(page, selector):
    """Goes to an element with the keyboard alone."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{selector}: where the keyboard is cannot be seen"
            return
    raise AssertionError(f"{selector} cannot be reached with the keyboard")


def typed_with_the_keyboard(browser):
    """From the class list to a saved answer, and a remark as one types, without a mouse."""
    context = opened(browser)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(ADDRESS)
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.tasks")
    tab_to(page, "a[href='p/pupil']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#form")
    tab_to(page, "[name='pupil.pronunciation']")
    page.keyboard.type("MY-uh")
    assert comes_to_say(page, 'pronunciation = "MY-uh"')
    page.wait_for_selector("#state:text-is('Saved.')")
    # What is wrong is said at the field, by the same rules.
    field = page.locator("[name='pupil.upn']")
    upn = field.input_value()
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("G999200126002")
    page.wait_for_selector(".remarks[data-for='pupil.upn'] .remark.error")
    page.keyboard.press("Control+A")
    page.keyboard.type(upn)
    page.wait_for_selector(".remarks[data-for='pupil.upn'] .remark.error", state="detached")
    assert comes_to_say(page, f'upn = "{upn}"')
    # A battery that dies: the page goes away in the middle of a word.
    page.locator("[name='pupil.pronunciation']").focus()
    page.keyboard.press("End")
    page.keyboard.type(" as in my")
    page.goto("about:blank")
    page.goto(ADDRESS)
    assert comes_to_say(page, "MY-uh as in my"), "what was typed last is lost"
    assert not errors, errors
    context.close()


def without_scripts(browser):
    """The same with buttons alone; a page that comes back untouched changes nothing."""
    context = opened(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    page.click("tbody a")
    before, pages = record_text(), 0
    page.click("a[href='p/pupil']")
    while "/p/" in page.url:
        if page.locator("#form").count():
            page.click("button[value='next']")
            pages += 1
        else:
            page.click("text=/^(Continue|Back to the list of sections)$/")
    assert record_text() == before, "a page that was not touched changed the record"
    assert pages > 10, pages
    page.click("a[href='p/early_help']")
    page.fill("[name='early_help.next_step']", "The tutor asks in October")
    page.click("button[value='stay']")
    assert page.locator("text=Saved.").count(), page.content()
    assert 'next_step = "The tutor asks in October"' in record_text()
    page.click("text=Undo the last change")
    assert record_text() == before
    context.close()
    return pages


def another_site(browser):
    """A page of another site in the same browser gets nothing and changes nothing, even if it knows the address."""
    context = opened(browser)
    page = context.new_page()
    page.goto(ADDRESS)
    child = page.locator("tbody a").first.get_attribute("href")
    before = record_text()
    address = f"{ADDRESS}{child}p/pupil"
    form = (
        f"<form id=f method=post action='{address}'><input name=asked value='pupil.pronunciation'>"
        "<input name='pupil.pronunciation' value='evil'><input name=digest value=0></form>"
    )
    evil = context.new_page()
    evil.route("http://evil.example/**", lambda route: route.fulfill(content_type="text/html", body=f"<p>x</p>{form}"))
    evil.goto("http://evil.example/")
    assert evil.evaluate("a => fetch(a).then(() => 'read', () => 'refused')", ADDRESS) == "refused"
    opaque = evil.evaluate("a => fetch(a, {mode: 'no-cors', method: 'POST', body: 'x'}).then(r => r.type, () => 'refused')", address)
    assert opaque in ("opaque", "refused"), opaque
    with evil.expect_navigation():
        evil.evaluate("document.getElementById('f').submit()")
    assert "There is nothing here." in evil.content(), evil.content()[:200]
    framed = context.new_page()
    framed.route("http://evil.example/**", lambda route: route.fulfill(
        content_type="text/html", body=f"<iframe id=i src='{ADDRESS}'></iframe>"))
    framed.goto("http://evil.example/")
    inside = [frame for frame in framed.frames if frame != framed.main_frame]
    assert all("The class" not in frame.content() for frame in inside), "the form stands in another site's frame"
    assert record_text() == before
    context.close()


def main():
    # Only what this run has seen.
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        foreign = []
        without = without_scripts(browser)
        pages, passes = looked_at(browser, foreign)
        assert not foreign, foreign
        typed_with_the_keyboard(browser)
        another_site(browser)
        browser.close()
    print(json.dumps({"pages": pages, "passes": passes, "without": without}))


main()
