"""A provider that is down, slow or strange: a sentence within seconds, and nobody locked out for good."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from shelterbelt.people.federation import documents, fetching
from shelterbelt.people.federation.fetching import Silent, fetch, fetched
from shelterbelt.people.federation.queries import binding
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    TODAY,
    a_provider,
    by_lie,
    making,
    refusals,
    set_off,
    someone,
)
from tests.providers.running import free_port, running

CORA = {"email": f"cora@{DOMAIN}", "email_verified": True}


@pytest.fixture
def hurried(monkeypatch):
    """Half a second instead of five."""
    monkeypatch.setattr(fetching, "SECONDS", 0.5)


@pytest.mark.django_db
def test_a_provider_that_is_down_is_told_at_once_and_passwords_work(client, town, sue):
    row = a_provider(town.cedar_fork, sue, protocol="openid_connect", issuer=f"http://127.0.0.1:{free_port()}")
    begun = time.monotonic()
    answer = client.post(reverse("providers:begin", args=[row.pk]))
    assert time.monotonic() - begun < 1
    assert answer.status_code == 503
    assert "Try again in some minutes" in answer.content.decode()
    assert "let passwords in again" not in answer.content.decode()
    assert refusals()[0].reason == "silent"


@pytest.mark.django_db
def test_while_it_is_required_the_page_says_who_can_lift_that(client, town, sue):
    row = a_provider(
        town.cedar_fork, sue, protocol="openid_connect", issuer=f"http://127.0.0.1:{free_port()}", required=True
    )
    shown = client.post(reverse("providers:begin", args=[row.pk])).content.decode()
    assert "can sign in with a password and let passwords in again" in shown


@pytest.mark.django_db
def test_it_falls_silent_in_the_middle(client, tmp_path, town, sue, cora, browser):
    with running("liar", tmp_path) as idp:
        row = a_provider(town.cedar_fork, sue, protocol="openid_connect", issuer=idp.url, client_id="shelterbelt")
        browser.open(set_off(client, row))
        idp.stop()
    parts = browser.address.partition("testserver")[2]
    answer = client.get(parts)
    assert answer.status_code == 503
    assert "doesn't answer just now" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [{"slow": 5}, {"drip": 0.05}])
def test_a_slow_one_is_not_waited_for(trouble, client, liar, hurried):
    liar.says(**trouble)
    begun = time.monotonic()
    assert client.post(reverse("providers:begin", args=[liar.row.pk])).status_code == 503
    assert time.monotonic() - begun < 1.5


def test_nobody_waits_in_line_for_a_silent_server(liar_process, settings, hurried):
    liar_process.settings["slow"] = 5
    liar_process._write()
    begun = time.monotonic()
    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(lambda _: _asked(liar_process.url), range(60)))
    assert set(answers) == {"silent"}
    assert time.monotonic() - begun < 3
    del liar_process.settings["slow"]
    liar_process._write()


def _asked(url):
    try:
        return documents.document(f"{url}/.well-known/openid-configuration")
    except Silent:
        return "silent"


@pytest.mark.django_db
def test_what_was_read_before_does_while_it_is_silent(client, tmp_path, town, sue, monkeypatch):
    with running("liar", tmp_path) as idp:
        row = a_provider(town.cedar_fork, sue, protocol="openid_connect", issuer=idp.url, client_id="shelterbelt")
        set_off(client, row)
    monkeypatch.setattr(documents, "FRESH", 0.0)
    assert set_off(client, row).startswith(idp.url)


STRANGE = {
    "leads elsewhere": {"status": 302, "location": "http://169.254.169.254/latest/meta-data/"},
    "answers with a fault": {"status": 500},
    "has too much to say": {"userinfo": {"x": "y" * 600_000}},
}


@pytest.mark.parametrize("way", STRANGE)
def test_strange_answers_are_no_answers(way, liar_process):
    liar_process.settings.update(STRANGE[way])
    liar_process._write()
    with pytest.raises(Silent):
        fetched(f"{liar_process.url}/userinfo")
    for name in STRANGE[way]:
        del liar_process.settings[name]
    liar_process._write()


FORBIDDEN = [
    "http://127.0.0.1:1/",
    "https://127.0.0.1:1/",
    "https://localhost:1/",
    "https://[::1]:1/",
    "https://[::ffff:127.0.0.1]:1/",
    "https://[64:ff9b::7f00:1]:1/",
    "https://[2002:7f00:1::]:1/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/",
    "https://0.0.0.0/",
    "https://0/",
    "https://2130706433/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "http://example.org/",
    "file:///etc/passwd",
    "ftp://example.org/",
    "https://user:word@example.org/",
    "https://",
    "https://example.org:0/",
    "https://example.org:99999/",
    "https://[::1",
    "",
]


@pytest.mark.parametrize("url", FORBIDDEN)
def test_machines_inside_are_never_asked(url, settings):
    settings.PROVIDER_NETWORKS = []
    with pytest.raises(Silent):
        fetch(url)


def test_a_name_that_leads_inside_is_not_followed(settings, monkeypatch):
    settings.PROVIDER_NETWORKS = []
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Silent, match="isn't one that we ask"):
        fetch("https://login.example.org/")


@pytest.mark.django_db
def test_a_required_provider_binds_its_people_and_not_those_who_can_turn_it_off(town, sue, ben, cora):
    row = a_provider(town.cedar_fork, sue, protocol="openid_connect", issuer="https://idp.example", required=True)
    superintendent = someone("Sonja Top", "superintendent", town.cedar_fork)
    coordinator = someone("Bert Safe", "district_coordinator", town.cedar_fork)
    outside = someone("Nina Off", "staff", town.linden_creek, "nina@elsewhere.example")
    elsewhere = someone("Finn Abel", "principal", town.far_school, f"finn@{DOMAIN}")
    with making():
        assert binding(cora.person, TODAY) == row
        for free in (superintendent, coordinator, outside, elsewhere):
            assert binding(free.person, TODAY) is None
        row.required = False
        row.save()
        assert binding(cora.person, TODAY) is None


@pytest.mark.django_db
def test_the_district_or_the_state_lifts_the_requirement(client, town, sue, ada, finn, enter):
    row = a_provider(town.cedar_fork, sue, protocol="openid_connect", issuer="https://idp.example", required=True)
    lift = reverse("providers:lift", args=[row.pk])
    assert enter(finn).post(lift).status_code == 404
    for who in (sue, ada):
        assert enter(who).post(lift).status_code == 302
        with making():
            row.refresh_from_db()
            assert not row.required
            row.required = True
            row.save()


@pytest.mark.django_db
def test_what_it_said_is_forgotten_as_soon_as_it_is_off(client, liar, cora, browser, enter, sue):
    liar.says(claims=CORA)
    browser.open(set_off(client, liar.row))
    with making():
        liar.row.until_on = TODAY
        liar.row.save()
    answer = client.get(browser.address.partition("testserver")[2])
    assert answer.status_code == 403


@pytest.mark.django_db
def test_afterwards_it_lets_people_in_again(client, liar, cora, browser):
    liar.says(claims=CORA, status=500)
    assert client.post(reverse("providers:begin", args=[liar.row.pk])).status_code == 503
    liar.says(claims=CORA)
    assert by_lie(client, liar, browser).status_code == 302
