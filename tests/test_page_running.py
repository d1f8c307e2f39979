from threading import Thread

from rag.page.running import Running


def test_stopping_tells_the_visitors_question_and_waits_for_its_end() -> None:
    running, log = Running(), []

    def answer() -> None:
        with running.question("ann") as stopped:
            log.append("begun")
            stopped.wait(5)
            log.append("ended")

    thread = Thread(target=answer)
    thread.start()
    while not log:
        pass
    running.stop("ann")
    log.append("stop returned")
    thread.join()
    assert log == ["begun", "ended", "stop returned"]


def test_one_visitor_does_not_stop_another() -> None:
    running = Running()
    with running.question("ann") as anns, running.question("bob") as bobs:
        running.stop("carl")
        assert not anns.is_set()
        assert not bobs.is_set()


def test_stopping_without_a_question_does_not_stop_the_next() -> None:
    running = Running()
    running.stop("ann")
    with running.question("ann") as stopped:
        assert not stopped.is_set()


def test_a_question_that_ended_is_forgotten() -> None:
    running = Running()
    with running.question("ann") as first:
        pass
    running.stop("ann")
    assert not first.is_set()
