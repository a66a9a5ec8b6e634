"""The states and territories: postal code, number in federal data (FIPS), name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state as addresses, federal data and people call it."""

    postal: str
    fips: str
    name: str


STATES = (
    State("AK", "02", "Alaska"),
    State("AL", "01", "Alabama"),
    State("AR", "05", "Arkansas"),
    State("AS", "60", "American Samoa"),
    State("AZ", "04", "Arizona"),
    State("CA", "06", "California"),
    State("CO", "08", "Colorado"),
    State("CT", "09", "Connecticut"),
    State("DC", "11", "District of Columbia"),
    State("DE", "10", "Delaware"),
    State("FL", "12", "Florida"),
    State("GA", "13", "Georgia"),
    State("GU", "66", "Guam"),
    State("HI", "15", "Hawaii"),
    State("IA", "19", "Iowa"),
    State("ID", "16", "Idaho"),
    State("IL", "17", "Illinois"),
    State("IN", "18", "Indiana"),
    State("KS", "20", "Kansas"),
    State("KY", "21", "Kentucky"),
    State("LA", "22", "Louisiana"),
    State("MA", "25", "Massachusetts"),
    State("MD", "24", "Maryland"),
    State("ME", "23", "Maine"),
    State("MI", "26", "Michigan"),
    State("MN", "27", "Minnesota"),
    State("MO", "29", "Missouri"),
    State("MP", "69", "Commonwealth of the Northern Mariana Islands"),
    State("MS", "28", "Mississippi"),
    State("MT", "30", "Montana"),
    State("NC", "37", "North Carolina"),
    State("ND", "38", "North Dakota"),
    State("NE", "31", "Nebraska"),
    State("NH", "33", "New Hampshire"),
    State("NJ", "34", "New Jersey"),
    State("NM", "35", "New Mexico"),
    State("NV", "32", "Nevada"),
    State("NY", "36", "New York"),
    State("OH", "39", "Ohio"),
    State("OK", "40", "Oklahoma"),
    State("OR", "41", "Oregon"),
    State("PA", "42", "Pennsylvania"),
    State("PR", "72", "Puerto Rico"),
    State("RI", "44", "Rhode Island"),
    State("SC", "45", "South Carolina"),
    State("SD", "46", "South Dakota"),
    State("TN", "47", "Tennessee"),
    State("TX", "48", "Texas"),
    State("UT", "49", "Utah"),
    State("VA", "51", "Virginia"),
    State("VI", "78", "United States Virgin Islands"),
    State("VT", "50", "Vermont"),
    State("WA", "53", "Washington"),
    State("WI", "55", "Wisconsin"),
    State("WV", "54", "West Virginia"),
    State("WY", "56", "Wyoming"),
)
_BY_ANY_NAME = {key: state for state in STATES for key in (state.postal, state.fips)}


def named(code: str) -> State:
    """The state with this postal code or FIPS number. A code nobody knows stands for itself, without a map."""
    return _BY_ANY_NAME.get(code.upper(), State(code, "", code))
