"""Sentences as newspapers write them, with their day of publication and the days they mean.

Where a reader could not be sure, the sentence resolves nothing: `cautious` names what a bold
reader might have said, which nobody has to find.
"""

from dataclasses import dataclass
from datetime import date

THURSDAY = date(2023, 6, 15)
MONDAY = date(2023, 6, 12)
WEDNESDAY = date(2023, 6, 14)
SATURDAY = date(2023, 2, 4)
SUNDAY = date(2023, 5, 28)
FRIDAY = date(2023, 11, 24)
NEW_YEAR = date(2024, 1, 3)  # a Wednesday


@dataclass(frozen=True, slots=True)
class Dated:
    """`days` lists `words = from..to`, or one day, for every date that can be resolved."""

    published: date
    sentence: str
    days: tuple[str, ...] = ()


SENTENCES = [
    # Weekdays gone by
    Dated(THURSDAY, "The two ministers spoke on Wednesday.", ("Wednesday = 2023-06-14",)),
    Dated(WEDNESDAY, "The two ministers spoke on Wednesday.", ("Wednesday = 2023-06-14",)),
    Dated(THURSDAY, "Dockers walked out on Monday over a new rota.", ("Monday = 2023-06-12",)),
    Dated(THURSDAY, "The court ruled Tuesday that the sale was void.", ("Tuesday = 2023-06-13",)),
    Dated(
        THURSDAY,
        "On Sunday, thieves broke into the museum and stole eleven rings.",
        ("Sunday = 2023-06-11",),
    ),
    Dated(
        THURSDAY,
        "The fire broke out late on Saturday night and was out by dawn.",
        ("Saturday night = 2023-06-10",),
    ),
    Dated(
        SATURDAY,
        "Qvist called off the journey on Friday, hours before he was to board his plane.",
        ("Friday = 2023-02-03",),
    ),
    Dated(
        SATURDAY, "The ministry made the sighting public on Thursday.", ("Thursday = 2023-02-02",)
    ),
    Dated(
        SUNDAY, "The Rovers won the cup on Saturday, beating Northgate.", ("Saturday = 2023-05-27",)
    ),
    Dated(MONDAY, "Voters went to the polls on Sunday.", ("Sunday = 2023-06-11",)),
    Dated(MONDAY, "The company filed for insolvency on Friday.", ("Friday = 2023-06-09",)),
    Dated(
        FRIDAY,
        "A recount of all ballots on Tuesday confirmed her victory.",
        ("Tuesday = 2023-11-21",),
    ),
    Dated(
        FRIDAY,
        "The union said on Monday that it had declined, and on Wednesday the port closed.",
        ("Monday = 2023-11-20", "Wednesday = 2023-11-22"),
    ),
    Dated(
        THURSDAY,
        "The minister, who was arrested on Monday, will stand trial in autumn.",
        ("Monday = 2023-06-12", "autumn = 2023-09-01..2023-11-30"),
    ),
    Dated(
        THURSDAY,
        "Rain fell all of Tuesday, and the river rose by two metres.",
        ("Tuesday = 2023-06-13",),
    ),
    Dated(
        THURSDAY,
        "He gave the order on Tuesday because the wall had begun to lean.",
        ("Tuesday = 2023-06-13",),
    ),
    Dated(THURSDAY, "The road has been closed since Monday.", ("Monday = 2023-06-12",)),
    Dated(
        THURSDAY,
        "She wrote on Wednesday morning that the talks had been candid.",
        ("Wednesday morning = 2023-06-14",),
    ),
    Dated(
        NEW_YEAR,
        "The quake struck the coast on Monday and left 2,000 people without a home.",
        ("Monday = 2024-01-01",),
    ),
    Dated(NEW_YEAR, "The ferry sank on Saturday off Cape Farrow.", ("Saturday = 2023-12-30",)),
    Dated(
        THURSDAY,
        "Witnesses told the court on Wednesday that the lights were off.",
        ("Wednesday = 2023-06-14",),
    ),
    Dated(THURSDAY, "Last Friday the orchestra played in Corran.", ("Last Friday = 2023-06-09",)),
    Dated(THURSDAY, "He resigned last Sunday.", ("last Sunday = 2023-06-11",)),
    Dated(
        THURSDAY,
        "The vessel left port on Sunday and was last seen on Tuesday.",
        ("Sunday = 2023-06-11", "Tuesday = 2023-06-13"),
    ),
    Dated(
        THURSDAY,
        "The council met on Monday and Tuesday behind closed doors.",
        ("Monday = 2023-06-12", "Tuesday = 2023-06-13"),
    ),
    Dated(
        THURSDAY,
        "Wednesday was the hottest day since records began.",
        ("Wednesday = 2023-06-14",),
    ),
    # Weekdays to come
    Dated(THURSDAY, "The council will vote on Friday.", ("Friday = 2023-06-16",)),
    Dated(THURSDAY, "The museum will reopen on Tuesday.", ("Tuesday = 2023-06-20",)),
    Dated(THURSDAY, "Judges are expected to rule on Monday.", ("Monday = 2023-06-19",)),
    Dated(THURSDAY, "The bridge is due to open on Saturday.", ("Saturday = 2023-06-17",)),
    Dated(THURSDAY, "On Sunday the Rovers will play in Northgate.", ("Sunday = 2023-06-18",)),
    Dated(THURSDAY, "The mayor is to speak next Tuesday.", ("next Tuesday = 2023-06-20",)),
    Dated(FRIDAY, "The strike will begin on Monday, the union said.", ("Monday = 2023-11-27",)),
    Dated(
        FRIDAY, "The two leaders are scheduled to meet on Wednesday.", ("Wednesday = 2023-11-29",)
    ),
    Dated(
        FRIDAY,
        "She was sworn in on Thursday and will name her cabinet on Monday.",
        ("Thursday = 2023-11-23", "Monday = 2023-11-27"),
    ),
    Dated(THURSDAY, "The fair opens this Saturday.", ("this Saturday = 2023-06-17",)),
    Dated(THURSDAY, "The minister plans to fly home on Sunday.", ("Sunday = 2023-06-18",)),
    Dated(THURSDAY, "The ferry won’t sail on Saturday.", ("Saturday = 2023-06-17",)),
    # Yesterday and the like
    Dated(THURSDAY, "Two people were hurt yesterday in Eastfield.", ("yesterday = 2023-06-14",)),
    Dated(
        THURSDAY,
        "The tram derailed yesterday morning at Mill Lane.",
        ("yesterday morning = 2023-06-14",),
    ),
    Dated(THURSDAY, "The ship will be christened tomorrow.", ("tomorrow = 2023-06-16",)),
    Dated(THURSDAY, "The lights went out last night.", ("last night = 2023-06-14",)),
    Dated(
        THURSDAY,
        "The singer died the day before yesterday.",
        ("the day before yesterday = 2023-06-13",),
    ),
    Dated(THURSDAY, "The choir sings tonight in the old port.", ("tonight = 2023-06-15",)),
    Dated(
        THURSDAY,
        "Police cordoned off the square this morning.",
        ("this morning = 2023-06-15",),
    ),
    Dated(THURSDAY, "The bank announced today that it would close.", ("today = 2023-06-15",)),
    Dated(THURSDAY, "A gas main burst earlier today.", ("earlier today = 2023-06-15",)),
    # Weeks
    Dated(
        THURSDAY,
        "The envoy held talks in Beijing last week.",
        ("last week = 2023-06-05..2023-06-11",),
    ),
    Dated(
        THURSDAY,
        "Antonsen, pictured in Oslo last week, has fixed no date.",
        ("last week = 2023-06-05..2023-06-11",),
    ),
    Dated(
        THURSDAY, "Parliament debates the bill next week.", ("next week = 2023-06-19..2023-06-25",)
    ),
    Dated(
        THURSDAY,
        "The minister was reported to be preparing for a visit this week.",
        ("this week = 2023-06-12..2023-06-18",),
    ),
    Dated(
        THURSDAY,
        "Earlier this week the mayor had ruled that out.",
        ("Earlier this week = 2023-06-12..2023-06-15",),
    ),
    Dated(
        FRIDAY,
        "The ship will leave later this week.",
        ("later this week = 2023-11-24..2023-11-26",),
    ),
    Dated(
        THURSDAY,
        "Three houses burned down last weekend.",
        ("last weekend = 2023-06-10..2023-06-11",),
    ),
    Dated(
        THURSDAY, "The festival is held this weekend.", ("this weekend = 2023-06-17..2023-06-18",)
    ),
    Dated(
        THURSDAY,
        "A storm hit the island two weeks ago.",
        ("two weeks ago = 2023-05-29..2023-06-04",),
    ),
    Dated(
        THURSDAY, "Three days ago a warship crossed the strait.", ("Three days ago = 2023-06-12",)
    ),
    # Months
    Dated(THURSDAY, "She visited the region in May.", ("May = 2023-05-01..2023-05-31",)),
    Dated(
        THURSDAY,
        "He asked them to keep what they had agreed on in Bali in November.",
        ("November = 2022-11-01..2022-11-30",),
    ),
    Dated(
        THURSDAY, "The law will take effect in September.", ("September = 2023-09-01..2023-09-30",)
    ),
    Dated(
        THURSDAY, "Prices rose by 2 percent last month.", ("last month = 2023-05-01..2023-05-31",)
    ),
    Dated(THURSDAY, "The station will close next month.", ("next month = 2023-07-01..2023-07-31",)),
    Dated(
        THURSDAY,
        "The plant was shut earlier this month.",
        ("earlier this month = 2023-06-01..2023-06-15",),
    ),
    Dated(
        THURSDAY,
        "The king will travel to Kenya later this month.",
        ("later this month = 2023-06-15..2023-06-30",),
    ),
    Dated(
        NEW_YEAR, "Turnover fell by a tenth in December.", ("December = 2023-12-01..2023-12-31",)
    ),
    Dated(NEW_YEAR, "She was elected last November.", ("last November = 2023-11-01..2023-11-30",)),
    Dated(
        THURSDAY,
        "Kessler, who was ambassador until January, was at the reception.",
        ("January = 2023-01-01..2023-01-31",),
    ),
    # Days without a year
    Dated(
        SATURDAY, "It had first entered the airspace on January 28.", ("January 28 = 2023-01-28",)
    ),
    Dated(THURSDAY, "The trial opened on 5 June.", ("5 June = 2023-06-05",)),
    Dated(THURSDAY, "The branches at Mill Lane will close on June 30.", ("June 30 = 2023-06-30",)),
    Dated(
        FRIDAY,
        "In the election on November 12, she had led by 11 votes.",
        ("November 12 = 2023-11-12",),
    ),
    Dated(FRIDAY, "The new mayor takes office on January 1.", ("January 1 = 2024-01-01",)),
    Dated(NEW_YEAR, "He was shot on Dec. 30 outside a club.", ("Dec. 30 = 2023-12-30",)),
    Dated(
        THURSDAY,
        "On Sunday, June 11, the first ship arrived.",
        ("Sunday, June 11 = 2023-06-11",),
    ),
    Dated(
        THURSDAY,
        "The summit was held on June 5-7 in Corran.",
        ("June 5-7 = 2023-06-05..2023-06-07",),
    ),
    # Years and seasons
    Dated(THURSDAY, "She won the race last year.", ("last year = 2022-01-01..2022-12-31",)),
    Dated(
        THURSDAY, "The tax will be abolished next year.", ("next year = 2024-01-01..2024-12-31",)
    ),
    Dated(
        THURSDAY,
        "Talks had run into difficulties earlier this year.",
        ("earlier this year = 2023-01-01..2023-06-15",),
    ),
    Dated(
        THURSDAY, "The mine flooded three years ago.", ("three years ago = 2020-01-01..2020-12-31",)
    ),
    Dated(THURSDAY, "Forests burned last summer.", ("last summer = 2022-06-01..2022-08-31",)),
    Dated(
        THURSDAY,
        "The team toured Asia in November last year.",
        ("November last year = 2022-11-01..2022-11-30",),
    ),
    # Nothing to resolve: the year stands there, or no day does
    Dated(THURSDAY, "It was the first visit since October 2018."),
    Dated(THURSDAY, "She was born on 3 May 1980."),
    Dated(THURSDAY, "The strike in 2015 ended after four days."),
    Dated(THURSDAY, "The library no longer opens on Sundays."),
    Dated(THURSDAY, "He swims every Sunday."),
    Dated(THURSDAY, "Prime Minister May spoke of a new start."),
    Dated(THURSDAY, "May said that she would stay."),
    Dated(THURSDAY, "The union may march through the old town."),
    Dated(THURSDAY, "The Sunday Times broke the story."),
    Dated(THURSDAY, "Sales on Black Friday broke the record."),
    Dated(THURSDAY, "The Good Friday Agreement ended the conflict."),
    Dated(THURSDAY, "A month’s rent cost less than a week’s wages."),
    Dated(THURSDAY, "The 43-year-old worked 24 hours a day."),
    Dated(THURSDAY, "Today he lives in Corran with three dogs."),
    Dated(THURSDAY, "Many of today’s sailors cannot swim."),
    Dated(THURSDAY, "The attacks of Sept. 11 changed that."),
    Dated(THURSDAY, "In 2011, he was arrested on March 5 and freed in May."),
    # Could be one day or another
    Dated(THURSDAY, "He had been expected in the capital on Sunday and Monday."),
    Dated(THURSDAY, "The bridge was to open on Tuesday."),
    Dated(THURSDAY, "The spokesman said the ship would arrive on Wednesday."),
    Dated(THURSDAY, "The parties agreed to meet on Saturday."),
    Dated(THURSDAY, "He resigned last Tuesday."),
    Dated(WEDNESDAY, "The plane left Tokyo on Thursday."),
    Dated(THURSDAY, "“We decided that on Tuesday,” said Vane."),
    Dated(THURSDAY, "The chairwoman said: “I resigned yesterday.”"),
    Dated(THURSDAY, "The museum is closed on Monday."),
    Dated(THURSDAY, "Ahead of Saturday’s match, fans were told to come early."),
    Dated(THURSDAY, "They had until Friday to accept."),
    Dated(THURSDAY, "Elections were called for Sunday."),
    Dated(THURSDAY, "About two years ago the roof began to leak."),
    Dated(THURSDAY, "He fell ill last May."),
    Dated(SUNDAY, "The fleet sailed this week."),
    Dated(MONDAY, "Anna’s Friday", ()),
    Dated(THURSDAY, "Over the past week, prices have doubled."),
    Dated(FRIDAY, "The ferry sank last summer."),
    Dated(THURSDAY, "They married the next year."),
    Dated(THURSDAY, "The next summer they went home."),
    Dated(THURSDAY, "She taught Sunday school in Corran."),
    Dated(THURSDAY, "Her first child, due in early August, was on her mind."),
    Dated(THURSDAY, "It was the best film of the end of the year."),
    Dated(THURSDAY, "He was found one Tuesday in the park."),
    Dated(THURSDAY, "A November report had warned of it."),
    Dated(THURSDAY, "The film, in theatres Dec. 15, is long."),
    Dated(
        THURSDAY,
        "The winner will face the top-seed team on Sunday.",
        ("Sunday = 2023-06-18",),
    ),
    Dated(THURSDAY, "The programme airs Monday through Thursday."),
    Dated(THURSDAY, "The inquiry into January 6 was hard."),
    Dated(THURSDAY, "The hall was built 100 years ago."),
    Dated(
        THURSDAY,
        "The prize will be the largest ever after there wasn’t a winner Tuesday.",
        ("Tuesday = 2023-06-13",),
    ),
    Dated(date(2023, 9, 20), "The ferry sank last summer."),
]
