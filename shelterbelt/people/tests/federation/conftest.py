import html
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from shelterbelt.core import clock
from shelterbelt.people.federation import documents, fetching
from shelterbelt.people.federation.models import ClaimedDomain, IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.openid import callback_address
from shelterbelt.people.federation.saml import acs_address, our_entity_id
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.conftest import TODAY, making
from tests.providers.browsing import Browser
from tests.providers.running import key_and_certificate, running

SITE = "http://testserver"
DOMAIN = "cedarfork.example"


@pytest.fixture(autouse=True)
def _loopback(settings):
    settings.SITE = SITE
    settings.PROVIDER_NETWORKS = ["127.0.0.0/8"]
    documents.forget()
    fetching.forget()


@pytest.fixture(scope="session")
def open_id_process(tmp_path_factory):
    with running("open_id", tmp_path_factory.mktemp("idp"), client_id="shelterbelt", client_secret="a:secret/%") as idp:
        yield idp


@pytest.fixture(scope="session")
def liar_process(tmp_path_factory):
    with running("liar", tmp_path_factory.mktemp("idp")) as idp:
        yield idp


@pytest.fixture(scope="session")
def saml_key():
    return key_and_certificate()


@pytest.fixture(scope="session")
def saml_process(tmp_path_factory, saml_key):
    key, certificate = saml_key
    with running("saml", tmp_path_factory.mktemp("idp"), key=key, certificate=bare(certificate)) as idp:
        yield idp


def bare(certificate):
    return "".join(certificate.strip().splitlines()[1:-1])


def a_provider(org, by, *, protocol, issuer, domains=(DOMAIN,), live=True, secret="", **more):
    with making():
        provider = IdentityProvider(
            org=org, protocol=protocol, name=org.name, issuer=issuer, added_by=by.person, added_at=clock.now(),
            tested_at=clock.now(), from_on=TODAY if live else None, **more,
        )  # fmt: skip
        provider.seal_secret(secret)
        provider.save()
        for domain in domains:
            ClaimedDomain.objects.create(
                provider=provider, org=org, domain=domain, claimed_by=by.person, claimed_at=clock.now(),
                confirmed_by=by.person, confirmed_at=clock.now(),
            )  # fmt: skip
    return provider


@pytest.fixture
def open_id(open_id_process, town, sue):
    """Cedar Fork's own OpenID Connect provider: a real one."""
    open_id_process.people.clear()
    provider = a_provider(
        town.cedar_fork, sue, protocol="openid_connect", issuer=open_id_process.url, client_id="shelterbelt",
        secret="a:secret/%", second_factor_claims=["mfa"],
    )  # fmt: skip
    open_id_process.relied_on_by(come_back=callback_address(provider))
    return SimpleNamespace(row=provider, idp=open_id_process)


@pytest.fixture
def liar(liar_process, town, sue):
    """A provider of Cedar Fork's that says whatever it is told to. `liar.says(claims={...})`."""
    provider = a_provider(
        town.cedar_fork,
        sue,
        protocol="openid_connect",
        issuer=liar_process.url,
        client_id="shelterbelt",
        secret="s" * 40,
    )

    def says(**lies):
        for name in set(liar_process.settings) - {"port", "issuer", "name", "relying"}:
            del liar_process.settings[name]
        liar_process.settings.update(lies)
        liar_process._write()

    says()
    return SimpleNamespace(row=provider, idp=liar_process, says=says)


@pytest.fixture
def saml(saml_process, town, sue):
    """Cedar Fork's own SAML provider: a real one."""
    saml_process.people.clear()
    provider = a_provider(
        town.cedar_fork, sue, protocol="saml", issuer=saml_process.url,
        metadata=Browser(SITE).open(f"{saml_process.url}/metadata"), second_factor_claims=["https://refeds.org/profile/mfa"],
    )  # fmt: skip
    saml_process.relied_on_by(come_back=acs_address(provider), our_name=our_entity_id(provider))
    return SimpleNamespace(row=provider, idp=saml_process)


@pytest.fixture
def cora(town):
    """Principal of Linden Creek, with an address of Cedar Fork's."""
    return someone("Cora Lindt", "principal", town.linden_creek)


def someone(name, office, at, email=None):
    with making() as a:
        address = email or f"{name.split()[0].lower()}@{DOMAIN}"
        person = a.a_person(name, office=office, at=at, email=address) if office else a.a_person(name, email=address)
        return a.standing(person, TODAY)


@pytest.fixture
def browser():
    return Browser(SITE)


def set_off(client, row, **sent):
    """Press the button; the provider's address that it leads to."""
    page = client.post(reverse("providers:begin", args=[row.pk]), sent)
    assert page.status_code == 200, page.content.decode()[-2000:]
    return html.unescape(re.search(r'content="0; url=([^"]*)"', page.content.decode())[1])


def off_to_try(client, row):
    """The same for whoever tries the connection out."""
    shown = client.post(reverse("providers:test", args=[row.pk])).content.decode()
    return html.unescape(re.search(r'content="0; url=([^"]*)"', shown)[1])


def come_back(client, address):
    """Open an address of ours that a provider sent the browser to."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def by_open_id(client, told, browser, login="cora", **sent):
    """The whole way to an OpenID Connect provider and back."""
    browser.log_in(set_off(client, told.row, **sent), login)
    return come_back(client, browser.address)


def by_lie(client, liar, browser, **sent):
    """The same way where nobody has to log in."""
    browser.open(set_off(client, liar.row, **sent))
    return come_back(client, browser.address)


def signed_in(client):
    """Whose session it is."""
    return int(client.session.get("_auth_user_id", 0))


def refusals():
    """What was refused, the latest first."""
    with signing_in("test"):
        return list(RefusedSignIn.objects.order_by("-pk"))
