"""The whole way with the keyboard alone: python3 whole_way.py ADDRESS FOLDER CHILDREN CTF SCREENSHOTS [CHROMIUM].

ADDRESS is that of a form over FOLDER, which is empty. CHILDREN is a folder of records as somebody typed them by hand; CTF is
a Common Transfer File that names the same children. The list is taken over, every answer is typed, each record is signed,
and the packs are made, with no mouse and no command. Prints what it took as one line of JSON: keys, pages, and the seconds
that a person needs at the pace of tests/it/typing.rs.
"""

import glob
import json
import pathlib
import re
import sys
import tomllib
from datetime import date

from playwright.sync_api import sync_playwright

ADDRESS, FOLDER, CHILDREN, CTF, SHOTS = sys.argv[1], *map(pathlib.Path, sys.argv[2:6])
CHROMIUM = sys.argv[6] if len(sys.argv) > 6 else "/usr/bin/chromium"
PREFIX = {"voice.entries": "v", "voice.worries": "w", "chronology": "c", "risks": "r", "plans": "pl", "assessments": "a",
          "services": "s", "household.people": "p"}
MONTHS = ("January February March April May June July August September October November December").split()
# Seconds to find a field and go to it, and for each character: as in tests/it/typing.rs.
A_FIELD, A_CHARACTER = 3.5, 0.25


class Counter:
    fields = characters = tabs = keys = pages = 0


def is_table_list(value):
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def leaves(value, path=""):
    """Every answer of a record by its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif is_table_list(value):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{number}]")
    else:
        yield path, value


def renamed(record):
    """The record with the short names that the form gives to entries."""
    text = json.dumps(record, default=lambda day: {"day": day.isoformat()})
    names = {}
    for path, prefix in PREFIX.items():
        at = record
        for step in path.split("."):
            at = at.get(step, {}) if isinstance(at, dict) else {}
        for number, entry in enumerate(at if isinstance(at, list) else []):
            if "id" in entry:
                names[entry["id"]] = f"{prefix}{number + 1}"
    whole = json.loads(text, object_hook=lambda it: date.fromisoformat(it["day"]) if set(it) == {"day"} else it)

    def walk(value, key=""):
        if isinstance(value, dict):
            return {name: walk(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, key) for inner in value]
        if isinstance(value, str) and key == "fact":
            return ", ".join(names.get(fact.strip(), fact.strip()) for fact in value.split(","))
        is_reference = key in {"id", "voice_ref", "for_worry", "evidence", "follows", "a", "b", "child_view_ref", "who"}
        return names.get(value, value) if isinstance(value, str) and is_reference else value

    return walk(whole)


def shown(value):
    """An answer as somebody types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return str(value)


class Keyboard:
    def __init__(self, page):
        self.page = page

    def press(self, key):
        Counter.keys += 1
        self.page.keyboard.press(key)

    def enter(self):
        """Presses Enter where it leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def type(self, text):
        Counter.keys += len(text)
        self.page.keyboard.insert_text(text) if "\n" in text or not text.isascii() else self.page.keyboard.type(text)

    def active(self):
        return self.page.evaluate("""() => { const at = document.activeElement; return {
            tag: at.tagName, type: at.type || '', name: at.name || '', value: at.value || '', checked: !!at.checked,
            rare: at.tagName === 'SUMMARY' && [...at.parentElement.querySelectorAll('[name]')].map(one => one.name) }; }""")

    def to(self, selector, most=900):
        """Tabs to an element: most of the way without looking, the rest step by step."""
        far = self.page.evaluate("""s => {
            const groups = new Set();
            const stops = [...document.querySelectorAll(
                'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((one) => {
                if (!one.checkVisibility() || one.disabled) return false;
                if (one.type !== 'radio') return true;
                if (groups.has(one.name)) return false;
                groups.add(one.name);
                return true;
            });
            const at = stops.indexOf(document.activeElement);
            for (let far = 1; far <= stops.length; far++) if (stops[(at + far) % stops.length].matches(s)) return far;
            return 0;
        }""", selector)
        for _ in range(max(0, far - 3)):
            self.page.keyboard.press("Tab")
            Counter.tabs += 1
        for _ in range(most):
            self.page.keyboard.press("Tab")
            Counter.tabs += 1
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached with the keyboard on {self.page.url}: {self.active()} {self.page.inner_text('body')[:900]}")

    def follow(self, selector, wait):
        self.to(selector)
        self.enter()
        self.page.wait_for_selector(wait)
        Counter.pages += 1

    def home(self):
        """To the list of the child's sections, over the line that says where one is."""
        if self.page.locator("ol.tasks").count() == 0:
            self.follow("nav.path li:nth-child(2) a", "ol.tasks")

    def go(self, path):
        """To a page of the child, over the pages that lead to it."""
        self.home()
        top = re.split(r"[.\[]", path)[0]
        self.follow(f"a[href='p/{top}']", "h1")
        at = top
        while at != path:
            links = self.page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))")
            fitting = [link for link in links if path == link or path.startswith((f"{link}.", f"{link}["))]
            longest = max((link for link in fitting if len(link) > len(at)), key=len, default=None)
            assert longest, f"nothing on the page of {at} leads to {path}"
            self.follow(f"main a[href='{longest}']", "h1")
            at = longest


def answer(keys, at, value):
    """Answers the question that the keyboard is at."""
    page = keys.page
    if at["type"] == "radio":
        wanted = shown(value)
        for _ in range(40):
            if keys.active()["checked"] and keys.active()["value"] == wanted:
                return
            keys.press("ArrowDown")
        raise AssertionError(f"{at['name']}: {wanted} cannot be chosen")
    if at["type"] == "checkbox":
        wanted = [item.strip() for item in value.split(",")] if isinstance(value, str) else value
        if (at["value"] in wanted) != at["checked"]:
            keys.press("Space")
        return
    if at["tag"] == "SELECT":
        for _ in range(80):
            if keys.active()["value"] == shown(value):
                return
            keys.press("ArrowDown")
        raise AssertionError(f"{at['name']}: {value} cannot be chosen")
    if isinstance(value, dict):
        text = "\n".join(f"{code} {number}" for code, number in value.items())
    elif isinstance(value, list):
        text = "\n".join(map(shown, value))
    else:
        text = shown(value)
    if page.evaluate("() => document.activeElement.value") != text:
        keys.press("Control+A")
        keys.type(text)


def fill(keys, record, page_path):
    """Answers what stands on a page, then what hangs on it."""
    page = keys.page
    answers = dict(leaves(record))
    done = set()
    # Maps are one question.
    for path in list(answers):
        if ".codes." in path:
            table, code = path.split(".codes.")
            answers.setdefault(f"{table}.codes", {})[code] = answers.pop(path)
    names = set(page.eval_on_selector_all("#form [name='asked']", "all => all.filter(one => !one.closest('[hidden]')).map(one => one.value)"))
    wanted = {path: answers[path] for path in names if path in answers}
    if wanted:
        first = True
        while True:
            page.keyboard.press("Tab")
            Counter.tabs += 1
            at = keys.active()
            if at["rare"] and any(name in wanted for name in at["rare"]):
                if not page.evaluate("() => document.activeElement.parentElement.open"):
                    keys.press("Enter")
                continue
            if at["name"] in wanted:
                if at["name"] not in done:
                    Counter.fields += 1
                    Counter.characters += len(shown(wanted[at["name"]])) if at["type"] in ("text", "textarea") else 1
                done.add(at["name"])
                answer(keys, at, wanted[at["name"]])
            if at["tag"] == "BUTTON" and at["value"] == "next":
                break
            if at["tag"] == "BODY" and not first:
                break
            first = False
        assert done >= set(wanted), f"{page_path}: not reached: {set(wanted) - done}"
    inner = [path for path in page.eval_on_selector_all("ul.links a", "all => all.map(one => one.getAttribute('href'))")
             if any(name == path or name.startswith((f"{path}.", f"{path}[")) for name in answers)]
    if wanted:
        # Saved by the button, so that the way without scripts is the same.
        keys.enter()
        unsaved = page.locator(".told.error").all_inner_texts()
        assert not unsaved, f"{page_path}: {unsaved}"
    return inner


def page_of(keys, record, path):
    """Goes to a page, fills it in, and what hangs on it."""
    keys.go(path)
    entries = entries_of(record, path)
    if entries is None:
        inner = fill(keys, record, path)
        for more in inner:
            page_of(keys, record, more)
        return
    for number in range(entries):
        entry = f"{path}[{number}]"
        if number or not keys.page.url.endswith(path):
            keys.go(path)
        link = f"a[href='{entry}']"
        new = keys.page.locator(link).count() == 0
        keys.follow("a.button" if new else link, "#form")
        if "step=" in keys.page.url:
            steps(keys, record, entry)
        else:
            fill(keys, record, entry)
        # What hangs on an entry can be reached when there is one.
        keys.go(entry)
        inner = keys.page.eval_on_selector_all("ul.links a", "all => all.map(one => one.getAttribute('href'))")
        for more in inner:
            if any(name.startswith((f"{more}.", f"{more}[")) for name, _ in leaves(record)):
                page_of(keys, record, more)


def steps(keys, record, entry):
    """The talk, one question at a time."""
    page = keys.page
    answers = dict(leaves(record))
    for _ in range(12):
        names = page.eval_on_selector_all("#form [name='asked']", "all => all.map(one => one.value)")
        circle = page.locator("fieldset input[type=radio][name$='.agreed_to_share_with']").count() > 0
        if circle:
            name = f"{entry}.agreed_to_share_with"
            own = page.eval_on_selector_all(f"input[type=radio][name='{name}']", "all => all.map(one => one.value)")[0]
            keys.to(f"input[type=radio][name='{name}']")
            at = keys.active()
            wanted = own if own in answers.get(name, []) else ""
            for _ in range(4):
                if keys.active()["value"] == wanted and keys.active()["checked"]:
                    break
                keys.press("Space" if keys.active()["value"] == wanted else "ArrowDown")
            Counter.fields += 1
            Counter.characters += 1
            assert at["name"] == name
            keys.to("button[value='next']")
            keys.enter()
        else:
            fill(keys, record, entry)
            if not any(name in answers for name in names):
                keys.to("button[value='next']")
                keys.enter()
        Counter.pages += 1
        if "step=" not in page.url:
            return
    raise AssertionError("the talk has no end")


def entries_of(record, path):
    at = record
    for step in re.findall(r"[^.\[\]]+", path):
        at = at[int(step)] if step.isdigit() and isinstance(at, list) else (at or {}).get(step) if isinstance(at, dict) else None
        if at is None:
            return None
    return len(at) if is_table_list(at) else None


def same(got, wanted):
    """What differs between two records, by path."""
    # A blank that the starter left says as much as nothing.
    said = lambda record: {path: value for path, value in leaves(record) if value not in ("", [], {})}
    one, other = said(got), said(wanted)
    ordered = lambda value: sorted(map(str, value)) if isinstance(value, list) else value
    paths = sorted(set(one) | set(other))
    return [(path, one.get(path), other.get(path)) for path in paths if ordered(one.get(path)) != ordered(other.get(path))]


def main():
    SHOTS.mkdir(parents=True, exist_ok=True)
    children = [renamed(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(CHILDREN.glob("*.toml"))]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        # Other work may keep this computer busy.
        context.set_default_timeout(180_000)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        keys = Keyboard(page)
        page.goto(ADDRESS)
        keys.to("#file")
        with page.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files(CTF)
        keys.to("button")
        keys.enter()
        page.wait_for_selector("text=What the list says")
        page.screenshot(path=SHOTS / "import.png", full_page=True)
        keys.to("button")
        keys.enter()
        page.wait_for_selector("text=The list is taken over")
        told = []
        for child in children:
            before = (Counter.fields, Counter.characters)
            name = child["pupil"]["legal_forename"]
            if page.locator("tbody a").count() == 0:
                keys.follow("nav.path li:first-child a", "tbody a")
            link = page.locator("tbody a", has_text=name).get_attribute("href")
            keys.follow(f"tbody a[href='{link}']", "ol.tasks")
            pages = page.eval_on_selector_all("ol.tasks a", "all => all.map(one => one.getAttribute('href').slice(2))")
            # What a risk shows itself in is picked from the chronology.
            for path in sorted(pages, key=lambda path: path == "risks"):
                if any(known == path or known.startswith((f"{path}.", f"{path}[")) for known, _ in leaves(child)):
                    page_of(keys, child, path)
            keys.home()
            page.screenshot(path=SHOTS / f"done-{name}.png", full_page=True)
            keys.follow("a[href='sign-off']", "form")
            keys.to("#role-1")
            keys.press("Space")
            keys.to("#name")
            keys.type("Ruth Halloran")
            keys.to("main button")
            keys.enter()
            page.wait_for_selector(".told")
            assert page.locator("text=It is signed").count(), page.inner_text("main")
            fields, characters = Counter.fields - before[0], Counter.characters - before[1]
            told.append({"child": name, "fields": fields, "characters": characters,
                         "minutes": round((fields * A_FIELD + characters * A_CHARACTER) / 60, 1)})
        files = {}
        for path in FOLDER.glob("*.toml"):
            if path.name != "school.toml":
                got = tomllib.loads(path.read_text(encoding="utf-8"))
                files[got["pupil"]["legal_forename"]] = got
        for child in children:
            got = files[child["pupil"]["legal_forename"]]
            signed = got.pop("sign_off")
            assert signed[0]["name"] == "Ruth Halloran", signed
            differ = same(got, child)
            assert not differ, f"{child['pupil']['legal_forename']}: {differ}"
        keys.follow(".brand a", "tbody a")
        page.screenshot(path=SHOTS / "class.png", full_page=True)
        keys.follow("a[href='pack']", "form")
        keys.to("main button")
        keys.press("Enter")
        page.wait_for_selector("pre.made", timeout=600_000)
        page.screenshot(path=SHOTS / "packed.png", full_page=True)
        assert page.locator("h1:text-is('The packs are made')").count(), page.inner_text("main")
        assert "passphrase" in page.inner_text("pre.made")
        assert not errors, errors
        browser.close()
    print(json.dumps({"children": told, "tabs": Counter.tabs, "keys": Counter.keys, "pages": Counter.pages}))


main()
