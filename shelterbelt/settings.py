"""Every setting, read from the environment. docs/reference/settings.md is printed from these lines."""

import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shelterbelt.core import database, environment, headers, log_lines, metrics_place, secrets

BASE_DIR = Path(__file__).resolve().parent.parent

HOME = environment.home()
DEBUG = environment.flag("DEBUG", default=False, meaning="Show errors in the browser. Never on a public machine.")
DEMONSTRATION = environment.flag(
    "DEMONSTRATION", default=False, meaning="Load an invented state and let anyone enter as one of its people."
)
LOGIN: database.Login = environment.text("LOGIN", "app", "Database login of this process: owner, app or public.")  # type: ignore[assignment]
STRATEGY_FILE = Path(
    environment.text("STRATEGY", str(BASE_DIR / "strategies/missouri-2019.yaml"), "The strategic plan's file.")
)
STATE = environment.text("STATE", "MO", "Postal code of the state this installation serves.")
HTTPS = environment.flag("HTTPS", default=False, meaning="The site is reached by https: cookies and redirects insist.")


def _move_old_secret_key() -> None:
    """The first version kept the signing key beside HOME/secrets."""
    old, new = HOME / "secret_key", secrets.kept_at("SECRET_KEY")
    if old.exists() and not new.exists():
        new.parent.mkdir(mode=0o700, exist_ok=True)
        old.rename(new)


# The tip line's process has no session, cookie or link to sign, and asks for no secret but its own.
IS_TIP_LINE = LOGIN == "public"
if IS_TIP_LINE:
    SECRET_KEY, SECRET_KEY_FALLBACKS = "", []
else:
    _move_old_secret_key()
    SECRET_KEY, *SECRET_KEY_FALLBACKS = secrets.ring("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "Host names this site answers to.")
CSRF_FAILURE_VIEW = "shelterbelt.api.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = environment.words("TRUSTED_ORIGINS", "", "Origins (https://host) whose forms are accepted.")
if DEBUG and (HTTPS or set(ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}):
    raise environment.SettingError(
        "SHELTERBELT_DEBUG shows settings and records to whoever causes an error, so it is refused "
        "where SHELTERBELT_HTTPS is true or SHELTERBELT_ALLOWED_HOSTS names more than this machine."
    )

INSTALLED_APPS = [
    "shelterbelt.ui",  # before django.forms: its field template wins
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "shelterbelt.core",
    "shelterbelt.orgs",
    "shelterbelt.people",
    "shelterbelt.access",
    "shelterbelt.approvals",
    "shelterbelt.delivery",
    "shelterbelt.contacts",
    "shelterbelt.documents",
    "shelterbelt.attestations",
    "shelterbelt.disclosure",
    "shelterbelt.improvements",
    "shelterbelt.plans",
    "shelterbelt.assessments",
    "shelterbelt.drills",
    "shelterbelt.tips",
    "shelterbelt.flows",
    "shelterbelt.measures",
    "shelterbelt.trail",
    "shelterbelt.home",
    "shelterbelt.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "shelterbelt.core.front_door.FrontDoor",
    "shelterbelt.core.patience.Patience",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shelterbelt.people.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shelterbelt.tips.attachments.uploads.SealFirst",
    "django.middleware.csrf.CsrfViewMiddleware",
    "shelterbelt.access.middleware.ActAsPerson",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shelterbelt.people.middleware.SignInRules",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "shelterbelt.urls"
WSGI_APPLICATION = "shelterbelt.wsgi.application"
# Nobody signs in there and nothing is enqueued: what does either isn't even loaded.
TIP_LINE_APPS = {
    "shelterbelt.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "template_partials",
    *(f"shelterbelt.{room}" for room in ("core", "orgs", "people", "access", "delivery", "contacts", "tips")),
}
TIP_LINE_URLCONF = "shelterbelt.tips.line_urls"
TIP_LINE_MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "shelterbelt.tips.line_door.LineDoor",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
]
if IS_TIP_LINE:
    MIDDLEWARE, ROOT_URLCONF = TIP_LINE_MIDDLEWARE, TIP_LINE_URLCONF
    INSTALLED_APPS = [name for name in INSTALLED_APPS if name in TIP_LINE_APPS]
DATABASES = {
    "default": database.django_settings(LOGIN, home=HOME / "postgres", pool=LOGIN != "owner"),
}
STATEMENT_SECONDS = environment.number(
    "STATEMENT_SECONDS", 30, "Longest that one statement of a page may take in the database; 0 for no limit."
)
LOCK_SECONDS = environment.number(
    "LOCK_SECONDS", 10, "Longest that a page waits for a row that somebody else is changing; 0 for no limit."
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["shelterbelt.people.sign_in.ByAddress"]
# The database keeps addresses unique, capital letters apart; the check looks for a plain unique column only.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "home:start"
# NIST SP 800-63B-4 (3.1.1.2): long, unknown to those who guess, and no rules about which letters.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "shelterbelt.people.sign_in.password_rules.NotEndless"},
    {"NAME": "shelterbelt.people.sign_in.password_rules.NotKnown"},
    {"NAME": "shelterbelt.people.sign_in.password_rules.NotGuessable"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
BREACHED_PASSWORDS = environment.text(
    "BREACHED_PASSWORDS", "", "File of Have I Been Pwned (SHA-1, ordered by hash) in which passwords are looked up too."
)
ACCOUNT_ADAPTER = "shelterbelt.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address comes from whoever appointed the person, and our links go there
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # per address of the network: a school has one; people/sign_in counts
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Providers stand in our own table, walled and sealed (people/federation), and are asked more strictly.
SOCIALACCOUNT_ADAPTER = "shelterbelt.people.federation.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "shelterbelt.people.federation.openid.OpenId"},
    "saml": {"provider_class": "shelterbelt.people.federation.saml.Saml"},
}
PROVIDER_NETWORKS = environment.words(
    "PROVIDER_NETWORKS",
    "",
    "Networks of your own where identity providers may be asked, such as 10.20.0.0/16. Others are on the internet.",
)
MFA_ADAPTER = "shelterbelt.people.adapter_mfa.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Shelterbelt"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_ENGINE = "shelterbelt.people.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # how long one stays signed in is for people/sign_in_rules.py to say
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:  # a browser keeps a cookie of such a name only if this very host sent it, by https
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-language"
# A word about what was done may name a person: it stays on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "no-referrer" if IS_TIP_LINE else headers.EVERY["Referrer-Policy"]
X_FRAME_OPTIONS = headers.EVERY["X-Frame-Options"]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": headers.content_policy(https=HTTPS)}
# Browsers take a site into the list they ship from this on: two years, all below it, and the wish to be there.
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Whoever watches the site asks from beside it, where there is no https.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shelterbelt.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.contrib.humanize.templatetags.humanize",
                "template_partials.templatetags.partials",
                "shelterbelt.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "build/locale"]
TIME_ZONE = environment.text("TIME_ZONE", "America/Chicago", "The state's time zone, an IANA name.")
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "shelterbelt.ui.formats"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "build/static"]
STATIC_ROOT = BASE_DIR / "build/served"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "shelterbelt.core.static_files.Fingerprinted"},
}
WHITENOISE_USE_FINDERS = True  # also what the build has not fingerprinted yet
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG

FILES = HOME / "files"
TIP_FILES = Path(
    environment.text("TIP_FILES", "", "Folder with files of tips, one for all hosts; HOME/tip-files when empty.")
    or HOME / "tip-files"
)
TIP_KEYS = Path(
    environment.text("TIP_KEYS", "", "Folder with the keys of tips, one for all hosts; HOME/tip-keys when empty.")
    or HOME / "tip-keys"
)
TIP_RULES = environment.text(  # read in tips/rules/reading.py, which knows no Django
    "TIP_RULES", "", "Folder with files of your own in place of those in shelterbelt/tips/data; empty: none."
)
PLAN_DATA = environment.text(  # read in plans/rules/reading.py, which knows no Django
    "PLAN_DATA", "", "Folder with files of your own in place of those in shelterbelt/plans/data; empty: none."
)
BUYING_RULES = environment.text(  # read in assessments/rules/buying_data.py, which knows no Django
    "BUYING_RULES",
    "",
    "Folder with product templates, contract clauses and evaluation methods of your own, beside or in place of those "
    "in shelterbelt/assessments/data; empty: none.",
)
TIP_LINE_SITE = environment.text("TIP_LINE_SITE", "http://localhost:8001", "Address of the tip line as people type it.")
TIP_PHONE = environment.text("TIP_PHONE", "", "Number of the tip desk, as its pages show it; none when empty.")
TIP_EXIT_TO = environment.text(
    "TIP_EXIT_TO", "https://www.weather.gov/", "Where the tip line's button Exit this page leads: an everyday page."
)
DISK_LEAST_MB = environment.number("DISK_LEAST_MB", 500, "Free space on the disk below which we aren't ready, in MB.")
UPLOAD_LIMIT_MB = environment.number("UPLOAD_LIMIT_MB", 50, "Largest file a person may send, in megabytes.")
REQUEST_LIMIT_MB = environment.number("REQUEST_LIMIT_MB", 130, "Most that may be sent at once, in megabytes.")
DATA_UPLOAD_MAX_NUMBER_FILES = environment.number("REQUEST_FILES", 20, "Most files that may be sent at once.")
DATA_UPLOAD_MAX_NUMBER_FIELDS = environment.number("REQUEST_FIELDS", 5000, "Most fields that a form may have.")
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "shelterbelt.core.uploads.UpToTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "How mail leaves: a Django mail backend."
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost", "SMTP server.")
EMAIL_PORT = environment.number("EMAIL_PORT", 25, "SMTP port.")
EMAIL_HOST_USER = environment.text("EMAIL_USER", "", "SMTP account, if it asks for one.")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_PASSWORD", "", "SMTP password, if it asks for one.")
EMAIL_USE_TLS = environment.flag("EMAIL_TLS", default=False, meaning="Use STARTTLS with the SMTP server.")
EMAIL_TIMEOUT = environment.number("EMAIL_TIMEOUT", 20, "Seconds that the SMTP server may take for each answer.")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "shelterbelt@localhost", "Address that mail comes from.")
SMS_URL = environment.text(
    "SMS_URL", "", "Service for texts, an Apprise address with {to} for the number; files in HOME/texts when empty."
)
CHAT_URL = environment.text(
    "CHAT_URL", "", "Service for chat, an Apprise address with {to} for the room; files in HOME/chat when empty."
)
PUSH_HOSTS = environment.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
    "Push services that are asked to notify phones and browsers; files in HOME/notifications when empty.",
)
EMAIL_RETURN = environment.text(
    "EMAIL_RETURN", "", "Address to which mail returns that can't be delivered (read_bounce); EMAIL_FROM when empty."
)
SITE = environment.text("SITE", "http://localhost:8000", "Address of this site as people type it, for links in mail.")

PROCRASTINATE_ON_APP_READY = "shelterbelt.core.jobs.on_app_ready"

_ON_TERMINAL = sys.stderr.isatty()
LOGGING_CONFIG = "shelterbelt.core.log_lines.set_up"
LOGGING = log_lines.settings(
    environment.one_of(
        "LOG_LEVEL", ("", *log_lines.LEVELS), "Least that is logged; when empty info, on a terminal warning."
    )
    or ("warning" if _ON_TERMINAL else "info"),
    terminal=_ON_TERMINAL,
)
METRICS_HOST, METRICS_PORT = metrics_place.host(), metrics_place.port()
