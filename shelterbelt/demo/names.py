"""Invented names: of places by trees and streams, of schools and people. None is drawn twice in one state."""

from itertools import chain, count
from typing import NamedTuple

import numpy as np

TREES = (
    "Alder", "Ash", "Aspen", "Basswood", "Beech", "Birch", "Boxelder", "Buckeye", "Butternut", "Catalpa", "Cedar",
    "Cherry", "Chestnut", "Cottonwood", "Cypress", "Dogwood", "Elm", "Hackberry", "Hawthorn", "Hazel", "Hickory",
    "Hornbeam", "Juniper", "Larch", "Linden", "Locust", "Maple", "Mulberry", "Oak", "Osage", "Pawpaw", "Pecan",
    "Persimmon", "Pine", "Plum", "Poplar", "Redbud", "Sassafras", "Serviceberry", "Sumac", "Sweetgum", "Sycamore",
    "Tamarack", "Tupelo", "Walnut", "Willow",
)  # fmt: skip
LANDS = (
    "Bend", "Bluff", "Branch", "Brook", "Cove", "Creek", "Crossing", "Fork", "Gap", "Glen", "Grove", "Hollow", "Knob",
    "Landing", "Meadow", "Mill", "Mound", "Point", "Prairie", "Ridge", "Run", "Shoals", "Slough", "Spring", "Valley",
)  # fmt: skip
FIRST = (
    "Ada", "Alan", "Alma", "Amos", "Anita", "Arlo", "Aisha", "Beatriz", "Ben", "Bertha", "Boyd", "Bruno", "Callie",
    "Carlos", "Cecil", "Clara", "Cora", "Dale", "Damaris", "Darnell", "Della", "Derek", "Dorothy", "Duy", "Edith",
    "Eli", "Elena", "Emmett", "Esther", "Ezra", "Fatima", "Faye", "Felix", "Flora", "Gail", "Garth", "Gloria", "Grant",
    "Hana", "Harlan", "Hattie", "Hector", "Ida", "Imani", "Ines", "Ira", "Isaac", "Ivy", "Jamal", "Jarvis", "Jonas",
    "Josie", "Juan", "Juno", "Karin", "Keith", "Kim", "Kofi", "Lamar", "Lena", "Leroy", "Lionel", "Lucia", "Lyle",
    "Mabel", "Mai", "Marcus", "Marta", "Maya", "Merle", "Milo", "Mina", "Myron", "Nadia", "Nell", "Noel", "Nora",
    "Odell", "Olga", "Omar", "Opal", "Orville", "Otis", "Paula", "Pearl", "Percy", "Petra", "Quinn", "Rafael", "Ramona",
    "Reba", "Roland", "Rosa", "Roy", "Ruben", "Ruth", "Sadie", "Samir", "Selma", "Silas", "Simone", "Sonia", "Stella",
    "Tamar", "Tessa", "Thad", "Tomas", "Ursula", "Vera", "Vernon", "Vivian", "Wade", "Wanda", "Wendell", "Wilma",
    "Xavier", "Yolanda", "Yusuf", "Zelda", "Zora",
)  # fmt: skip
STARTS = (
    "Ald", "Ander", "Ash", "Bar", "Beck", "Ben", "Black", "Brad", "Bran", "Bur", "Cald", "Car", "Chap", "Clay", "Col",
    "Crom", "Dal", "Den", "Dray", "East", "Ell", "Fair", "Fen", "Gar", "Gold", "Gran", "Hal", "Har", "Hart", "Hol",
    "Kel", "Ken", "Lan", "Lath", "Lin", "Lock", "Mar", "May", "Mer", "Mil", "Mor", "Nash", "New", "Nor", "Old", "Pat",
    "Pem", "Pres", "Ran", "Red", "Rock", "Ros", "Row", "Ruther", "Sand", "Sel", "Shel", "Stan", "Sten", "Sut", "Tal",
    "Thorn", "Tre", "Under", "Van", "Wal", "War", "Wes", "Whit", "Win", "Wood", "Yar",
)  # fmt: skip
ENDS = (
    "beck", "bert", "bourne", "bridge", "burn", "by", "combe", "croft", "dale", "den", "don", "ell", "er", "field",
    "ford", "gard", "gate", "ham", "hart", "holm", "hurst", "ing", "land", "ley", "lin", "low", "man", "mere", "more",
    "ner", "park", "ridge", "rick", "sey", "shaw", "son", "stead", "sted", "ster", "stone", "thorpe", "ton", "twood",
    "vale", "ville", "wall", "ward", "well", "wick", "worth",
)  # fmt: skip
SAINTS = (
    "St. Agnes", "St. Ambrose", "St. Anne", "St. Blaise", "St. Brendan", "St. Bridget", "St. Clare", "St. Columba",
    "St. Cyril", "St. Edith", "St. Felix", "St. Genevra", "St. Gerard", "St. Helen", "St. Hilda", "St. Jerome",
    "St. Leander", "St. Lucy", "St. Luke", "St. Monica", "St. Odile", "St. Philomena", "St. Raphael", "St. Silvan",
    "St. Stephen", "St. Ursula", "Holy Cross", "Holy Family", "Immanuel Lutheran", "Trinity Lutheran", "Zion Lutheran",
)  # fmt: skip
STREETS = ("Street", "Road", "Avenue", "Lane", "Drive", "Highway")


class PersonName(NamedTuple):
    """A name, and the part of an address before the @ that belongs to it alone."""

    full: str
    mailbox: str


class Names:
    """A source of names that keeps those already given."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._mailboxes: dict[str, int] = {}
        self._places = iter(self._all_places())
        self._surnames = [start + end for start in STARTS for end in ENDS if start[-1] != end[0]]

    def _all_places(self) -> list[str]:
        places = [f"{tree} {land}" for tree in TREES for land in LANDS]
        shuffled = [places[index] for index in self._rng.permutation(len(places))]
        return shuffled + [f"{side} {place}" for side in ("North", "South", "East", "West") for place in shuffled]

    def place(self) -> str:
        """A town or neighborhood."""
        return next(self._places)

    def own(self, *wanted: str) -> str:
        """The first of the wanted names that nobody bears yet; else the last one with a number."""
        numbered = (f"{wanted[-1]} {number}" for number in count(2))
        name = next(name for name in chain(wanted, numbered) if name not in self._given)
        self._given.add(name)
        return name

    def surname(self) -> str:
        """A family name made of two syllables."""
        return self._surnames[int(self._rng.integers(len(self._surnames)))]

    def person(self) -> PersonName:
        """A person; the address is unique, the name need not be."""
        first, last = FIRST[int(self._rng.integers(len(FIRST)))], self.surname()
        mailbox = f"{first}.{last}".lower()
        seen = self._mailboxes[mailbox] = self._mailboxes.get(mailbox, 0) + 1
        return PersonName(f"{first} {last}", mailbox if seen == 1 else f"{mailbox}{seen}")

    def street(self) -> str:
        """A street address."""
        number = int(self._rng.integers(1, 90)) * 10
        tree = TREES[int(self._rng.integers(len(TREES)))]
        return f"{number} {tree} {STREETS[int(self._rng.integers(len(STREETS)))]}"
