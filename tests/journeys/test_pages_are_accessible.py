"""Every page that anybody is led to: no barrier, nothing wider than a phone, no fault in the console, no dead link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Console
from tests.journeys.entering import ROLES, enter
from tests.journeys.site import Site
from tests.journeys.walking import Visited, Walk, all_names, walk

pytestmark = pytest.mark.journey

NOBODY = "nobody"
# Those with the most pages first: what they were shown needn't be looked at again.
IN_ORDER = (
    NOBODY,
    "principal",
    "coordinator",
    "state",
    *[role for role in ROLES if role not in "principal coordinator state"],
)
# Addresses that no link on these walks leads to, and why. Where there is a page, a test below opens it.
NOT_BY_LINK = {
    "set_language": "a button; see the test in Spanish",
    "people:sign_out": "a button",
    "people:set_password": "a link in a mail; see its test",
    "account_login": "the page to sign in, as django-allauth calls it",
    "people:sign_in_passkey": "for the page's script",
    "people:second_factor": "after the password; see the journeys of signing in",
    "people:again": "before what could do harm, outside of a demonstration; see the journeys of signing in",
    "people:remove_factor": "where there is one; see the journeys of signing in",
    "people:recovery_codes": "where there are some; see the journeys of signing in",
    "people:end_session": "a button",
    "people:end_other_sessions": "a button",
    "people:accept": "from the link in a mail; see its test",
    "people:invitation": "a link in a mail; see its test",
    "people:send_again": "a button",
    "people:withdraw_invitation": "a button",
    "people:act_for": "a button",
    "people:end_stand_in": "a button",
    "people:stop_acting": "a button",
    "people:session_state": "asked by open pages; see the journey of access that ends",
    "people:stay": "a button there",
    "approvals:approval": "only where somebody asked; see its test",
    "approvals:withdraw": "a button",
    "improvements:verify": "a button",
    "evaluation:submit": "a button",
    "evaluation:report": "a file",
    "delivery:sent": "only where something was sent; see its test",
    "delivery:calls": "from there, or from the desk; see its test",
    "delivery:called": "a button",
    "tips:pulse": "asked by open pages of the desk; see the journey that works a tip",
    "tips:search": "a form",
    "tips:alarms": "a link in a message; its list stands at the top of every page",
    "tips:acknowledge_alarm": "a button",
    "tips:first_lines": "a button",
    "tips:save_view": "a button",
    "tips:view": "where somebody kept a view; see its test",
    "tips:tip": "where there is a tip; see the journey that works one",
    **dict.fromkeys(
        ("tips:claim", "tips:give_back", "tips:assign", "tips:say", "tips:note", "tips:undo_link"), "a button there"
    ),
    **dict.fromkeys(("tips:life_safety", "tips:kind", "tips:link"), "from there; see that journey"),
    "tips:begin_shift": "a button",
    "tips:end_shift": "a button",
    "tips:try_alarm": "a button",
    "tips:add_browser": "a button that the page's script shows",
    "tips:remove_browser": "a button, where there is a browser",
    "tips:push_worker": "for the browser, which shows notifications with it",
    "referrals:refer": "where there is a tip; see the journey of a tip that is referred",
    "referrals:close": "from there; see that journey",
    "referrals:reopen": "a button",
    "referrals:overdue": "where an outcome is owed; see its test",
    "referrals:followed": "from a tip that was referred; see that journey",
    "referrals:referral": "where a tip was referred; see that journey",
    "referrals:ask": "from there",
    "referrals:give_back": "from there",
    "referrals:outcome": "from there; see that journey",
    "referrals:by_link": "a link in a mail; see that journey",
    "referrals:opened": "by the code told apart from it; see that journey",
    "referrals:opened_ask": "from there",
    "referrals:opened_give_back": "from there",
    "referrals:opened_outcome": "from there; see that journey",
    "referrals:send_again": "a button",
    "referrals:called": "a button",
    "referrals:code": "a button",
    "referrals:reply": "a button",
    "referrals:withdraw": "a button",
    "referrals:make_primary": "a button",
    "referrals:accept": "a button",
    "referrals:ask_again": "a button",
    "referrals:acknowledge": "a button",
    "referrals:begin": "a button",
    "referrals:opened_acknowledge": "a button",
    "referrals:opened_begin": "a button",
    "referrals:leave": "a button",
    "demo:enter": "a button",
    "attestations:remind": "a button; see the journey of reports",
    "attestations:designate": "only where nobody is designated; see its test",
    "attestations:end_designation": "from there",
    "documents:open": "a file that somebody sent",
    "tips:to_the_line_in_spanish": "typed from a poster; the front page leads there in one's own language",
    "drills:worker": "a script",
    "assessments:worker": "a script",
    **dict.fromkeys(("assessments:sync", "assessments:answers", "assessments:photographs"), "for the page's script"),
    "assessments:photograph": "a picture in a page",
    **dict.fromkeys(
        (f"assessments:{verb}" for verb in ("leave", "remove", "accept", "give_back", "close")), "a button"
    ),
    "buying:nothing": "a button",
    **dict.fromkeys(("buying:criterion", "buying:offer_finish"), "while an offer is judged; see its test"),
    "buying:clause": "where clauses were chosen and nothing is decided yet; see its test",
    "buying:accept": "once something was awarded; see its test",
    "buying:take_back": "while a decision can be taken back",
    "drills:incident_report_file": "where a year's report was kept; see its test",
    "evaluation:area": "while an evaluation is answered; see its test",
    "plans:goal": "where a goal was written into a draft",
    **dict.fromkeys(
        (f"plans:{verb}" for verb in ("begin", "attest", "check_contact", "list_remove", "annex")), "a button"
    ),
    **dict.fromkeys((f"plans:{verb}" for verb in ("remove_goal", "remove_course", "restore", "ready")), "a button"),
    **dict.fromkeys((f"plans:{verb}" for verb in ("send", "call_off")), "a button"),
    "plans:save": "for the editor",
    "plans:merge": "where two wrote at once; see its test",
    "plans:adopt": "while a version is in review; see its test",
    "plans:pdf": "a form; the prints have tests of their own",
    "plans:offline_worker": "a script",
    "plans:brought": "where a plan was brought in; see the journey of its text",
    "plans:pictures": "for the editor",
    **dict.fromkeys((f"plans:{verb}" for verb in ("keep_offline", "remove_drawing", "remove_mark")), "a button"),
    **dict.fromkeys(("plans:drawing_picture", "plans:version_picture", "plans:held_picture"), "a picture in a page"),
    "plans:held_acknowledge": "a button",
    "plans:held_pdf": "a file; see its test",
    "disclosure:determination": "where records are closed; see its test",
    "disclosure:close": "where records aren't closed in writing yet; see its test",
    "disclosure:package": "where a request was answered; see its test",
    **dict.fromkeys((f"disclosure:{verb}" for verb in ("answer", "withdraw", "remove")), "a button"),
    "plans:held_drawings": "where an agency was given drawings; see its test",
    "home:healthz": "for machines",
    "home:readyz": "for machines",
    "orgs:import_load": "a button",
    "providers:begin": "a button; see the journey of identity providers",
    "providers:callback": "a provider leads there; see its journey",
    "providers:acs": "a provider's form leads there; see its journey",
    "providers:finish": "from there",
    "providers:metadata": "only where one is connected; see its tests",
    "providers:provider": "only where one is connected; see its journey",
    "providers:change": "only where one is connected; see its tests",
    "providers:claim": "a button; see its journey",
    "providers:confirm_domain": "a button; see its journey",
    "providers:release_domain": "a button; see its journey",
    "providers:test": "a button; see its journey",
    "providers:start": "a button; see its journey",
    "providers:stop": "a button; see its journey",
    "providers:require": "a button",
    "providers:lift": "a button",
    "providers:forget": "a button",
    "orgs:import_progress": "a part of a page",
    "contacts:confirm": "from the link in a message; see its test",
    "contacts:link": "a link in a message; see its test",
    "contacts:move": "a button",
    "contacts:ask_again": "a button",
    "contacts:called": "a button",
    "contacts:say_yes": "a button",
    "trail:head_file": "once a day was signed; see its test",
    "tips:acknowledge_notice": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:assign": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:attach": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:claim": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:complete": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:disposals": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:duty": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:end_source": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:file": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:file_original": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:file_picture": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:give_back": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:give_notice": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:hand_in": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:hold": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:kind": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:life_safety": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:lift_hold": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:link": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:mark_file": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:no_tips": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:note": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:notice": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:notices": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:numbers_export": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:overview": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:phone": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:release": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:reporter": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:say": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:sources": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:undo_link": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:unmask": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
    "tips:withdraw_notice": "a verb of the desk or of an agency, or where one leads; see shelterbelt/tips/tests",
}
# Icons that the page shows and its file of icons doesn't hold: they leave an empty place.
EMPTY_ICONS = """() => [...document.querySelectorAll("svg use")]
    .filter(use => use.closest("svg").checkVisibility() && !use.getBBox().width)
    .map(use => use.getAttribute("href"))"""


@dataclass
class Visitor:
    """Somebody's browser, what they were led to, and which of those pages have not been looked at with other eyes."""

    context: BrowserContext
    walk: Walk
    pages: list[Visited]


@pytest.fixture(scope="session")
def visitors(browser: Browser, site: Site) -> Iterator[dict[str, Visitor]]:
    """Each role's walk through the site; the state has sent a file before, so that there is one to look at."""
    known: dict[str, set[tuple[str, str]]] = {}
    found = {}
    for role in IN_ORDER:
        context = browser.new_context(base_url=site.url, reduced_motion="reduce", locale="en-US", viewport=DESKTOP)
        context.set_default_timeout(10_000)
        if role != NOBODY:
            page = context.new_page()
            enter(page, role)
            if role == "state":
                send_a_file(page)
            page.close()
        walked = walk(context, site.url, "/", "/sign-in/" if role == NOBODY else "/start/")
        found[role] = Visitor(context, walked, walked.unlike(known))
    yield found
    for visitor in found.values():
        visitor.context.close()


def send_a_file(page: Page) -> None:
    page.goto("/imports/new/")
    file = {"name": "schools.csv", "mimeType": "text/csv", "buffer": b"school_key,school_name,low_grade\nx1,,99\n"}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", name=re.compile("Problems"))).to_be_visible()


@pytest.fixture
def open_as(visitors, console: Console, site: Site) -> Iterator[object]:
    """`open_as("principal")` is a new page in that person's browser."""
    opened = []

    def open_page(role: str) -> Page:
        page = visitors[role].context.new_page()
        console.listen(page, site)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.close()


def barriers(page: Page, axe) -> list[str]:
    """What stands in somebody's way on the page as it is, on a desk and on a phone."""
    found = []
    try:
        axe(page)
    except AssertionError as error:
        found.append(str(error))
    found += [f"{page.url} has no icon {name}" for name in page.evaluate(EMPTY_ICONS)]
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    if wide > PHONE["width"]:
        found.append(f"{page.url} is {wide} px wide on a phone")
    if page.locator("h1").count() != 1:
        found.append(f"{page.url} has not one main heading")
    return found


@pytest.mark.parametrize("role", IN_ORDER)
def test_no_link_leads_nowhere(role, visitors):
    assert not visitors[role].walk.faults


def test_every_address_is_reached_or_says_why_not(visitors):
    reached = set().union(*(visitor.walk.names for visitor in visitors.values()))
    for_programs = {name for name in all_names() if name.startswith("api:")}
    assert all_names() - reached - set(NOT_BY_LINK) - for_programs == set()
    assert set(NOT_BY_LINK) - all_names() == set()


@pytest.mark.parametrize("role", IN_ORDER)
def test_pages_have_no_barrier(role, visitors, open_as, axe):
    page, found = open_as(role), []
    for visited in visitors[role].pages:
        page.goto(visited.address)
        found += barriers(page, axe)
    assert not found, "\n".join(found)


# Whose form, where, what is typed, and which button sends it.
MISTAKEN = {
    "sign in": (NOBODY, "/sign-in/", {"email": "nobody@example.org", "password": "wrong"}, "Sign in"),
    "password link": (NOBODY, "/sign-in/forgotten/", {"email": "no address"}, None),
    "drill": ("principal", "drills:record", {"minutes": "5000"}, None),
    "incident": ("principal", "drills:incident", {}, None),
    "planned drill": ("principal", "drills:schedule", {}, None),
    "report": ("principal", "attestations:attest", {}, None),
    "progress": ("principal", "attestations:progress", {}, None),
    "report for schools": ("coordinator", "attestations:attest_for_schools", {}, None),
    "appointment": ("state", "people:appoint", {}, None),
    "import": ("state", "orgs:import_new", {}, None),
    "contact": ("principal", "contacts:add", {"voice": "555-0100"}, None),
}


@pytest.mark.parametrize("form", MISTAKEN)
def test_a_mistake_in_a_form_is_told_without_barrier(form, visitors, open_as, console, axe):
    console.expect("status of 4(00|22)")
    role, where, typed, button = MISTAKEN[form]
    page = open_as(role)
    for address in [where] if where.startswith("/") else addresses(visitors[role], where):
        page.goto(address)
        if not page.locator("main form :checked").count():  # one that was answered before is no mistake sent again
            break
    for name, text in typed.items():
        page.locator(f"main [name={name}]").fill(text)
    main = page.get_by_role("main")
    (
        main.get_by_role("button", name=button, exact=True)
        if button
        else main.locator("form button[type=submit]").first
    ).click()
    expect(main.locator("[data-errors]")).to_be_visible()
    assert barriers(page, axe) == []


def addresses(visitor: Visitor, name: str) -> list[str]:
    """The pages of a name that somebody was led to."""
    return [page.address for page in visitor.walk.pages if page.name == name]


def test_what_is_not_there_and_what_is_not_theirs_is_told_without_barrier(open_as, console, axe):
    console.expect("status of 40[34]")
    page = open_as("principal")
    for address, status in (("/nothing-here/", 404), ("/state/", 403), ("/schools/999999999/", 404)):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        assert barriers(page, axe) == []


def test_the_page_about_the_programs_interface_has_no_barrier(open_as, axe):
    page = open_as(NOBODY)
    page.goto("/api/v1/")
    assert barriers(page, axe) == []


def test_public_pages_speak_spanish(browser, site, console, axe):
    context = browser.new_context(base_url=site.url, locale="en-US", viewport=DESKTOP)
    page = context.new_page()
    console.listen(page, site)
    found = []
    for address in ("/", "/sign-in/", "/sign-in/forgotten/", "/sign-in/organisation/", "/demonstration/", "/api/v1/"):
        page.goto(address)
        if page.locator("html").get_attribute("lang") == "es":
            page.get_by_role("button", name="English").click()
        english = page.locator("h1").inner_text()
        page.get_by_role("button", name="Español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert page.locator("h1").inner_text() != english
        found += barriers(page, axe)
    context.close()
    assert not found, "\n".join(found)


def test_a_spent_link_from_a_mail_is_told_without_barrier(open_as, console, axe):
    console.expect("status of 410")
    page = open_as(NOBODY)
    spent = page.goto("/sign-in/password/unknown/spent/")
    assert spent is not None
    assert spent.status == 410
    assert barriers(page, axe) == []


def test_a_designation_is_seen_and_can_be_ended_without_barrier(visitors, open_as, axe):
    page = open_as("coordinator")
    district = addresses(visitors["coordinator"], "home:district")[0].split("/")[2]
    page.goto(f"/organisations/{district}/designate/")
    found = barriers(page, axe)
    ends = page.get_by_role("link", name=re.compile("End the designation"))
    expect(ends.first).to_be_visible()
    ends.first.click()
    found += barriers(page, axe)
    assert not found, "\n".join(found)
