"""What is kept of a tip, of the work on it, of whom it went to, and what can be counted once it is gone."""

from shelterbelt.tips.models.channel import InboundSource
from shelterbelt.tips.models.counting import StatFact
from shelterbelt.tips.models.keeping import DisposalBatch, Disposed, Hold
from shelterbelt.tips.models.notice import AgencyNotice
from shelterbelt.tips.models.referral import Disposition, Referral
from shelterbelt.tips.models.said import Attachment, Message
from shelterbelt.tips.models.tip import MonthKey, Tip
from shelterbelt.tips.models.work import Alarm, Browser, Clock, Done, Link, SavedFilter, Shift, UnmaskRequest

__all__ = [
    "AgencyNotice",
    "Alarm",
    "Attachment",
    "Browser",
    "Clock",
    "DisposalBatch",
    "Disposed",
    "Disposition",
    "Done",
    "Hold",
    "InboundSource",
    "Link",
    "Message",
    "MonthKey",
    "Referral",
    "SavedFilter",
    "Shift",
    "StatFact",
    "Tip",
    "UnmaskRequest",
]
