"""How often the answers are right: question sets, measures, runs, their comparison and report."""
