from threading import Thread

from rag.waiting import WaitingLine


def test_each_place_knows_how_many_come_first() -> None:
    line = WaitingLine()
    first, second, third = line.join(), line.join(), line.join()
    assert [place.before for place in (first, second, third)] == [0, 1, 2]
    second.leave()
    assert [place.before for place in (first, third)] == [0, 1]


def test_only_the_first_has_its_turn_and_the_next_when_it_leaves() -> None:
    line = WaitingLine()
    first, second = line.join(), line.join()
    assert first.wait(0)
    assert not second.wait(0)
    first.leave()
    assert second.wait(0)


def test_who_waits_is_woken_when_its_turn_comes() -> None:
    line = WaitingLine()
    first, second = line.join(), line.join()
    turns: list[bool] = []
    waiting = Thread(target=lambda: turns.append(second.wait(30)))
    waiting.start()
    first.leave()
    waiting.join(30)
    assert turns == [True]


def test_leaving_twice_is_leaving_once() -> None:
    line = WaitingLine()
    first, second = line.join(), line.join()
    first.leave()
    first.leave()
    assert second.wait(0)
    assert first.before == 0
    assert not first.wait(0)
