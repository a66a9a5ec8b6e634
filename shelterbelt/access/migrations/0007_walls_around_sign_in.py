"""What somebody signs in with is theirs alone: row security around the tables of django-allauth."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

SIGN_IN = "(select access_actor()) = 'system:sign_in'"
OWN = f"user_id = (select access_person()) or {SIGN_IN}"
OF_ADDRESS = f"{SIGN_IN} or email_address_id in (select id from account_emailaddress)"
OF_ACCOUNT = f"{SIGN_IN} or account_id in (select id from socialaccount_socialaccount)"
ALL = "select, insert, update, delete"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0004_stand_ins"),
        ("access", "0006_sealed_scope"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations: ClassVar = [
        Scoped("mfa.Authenticator", read=OWN, write=OWN, grants=ALL),
        Scoped("account.EmailAddress", read=OWN, write=OWN, grants=ALL),
        Scoped("account.EmailConfirmation", read=OF_ADDRESS, write=OF_ADDRESS, grants=ALL),
        Scoped("socialaccount.SocialAccount", read=OWN, write=OWN, grants=ALL),
        Scoped("socialaccount.SocialToken", read=OF_ACCOUNT, write=OF_ACCOUNT, grants=ALL),
        Scoped("socialaccount.SocialApp", read=SIGN_IN, write=SIGN_IN, grants=ALL),
        Audited("mfa.Authenticator", org="", hide=["data"]),
        Audited("account.EmailAddress", org=""),
        Audited("account.EmailConfirmation", org="", hide=["key"]),
        Audited("socialaccount.SocialAccount", org="", hide=["extra_data"]),
        Audited("socialaccount.SocialToken", org="", hide=["token", "token_secret"]),
        Audited("socialaccount.SocialApp", org="", hide=["secret", "key", "settings"]),
    ]
