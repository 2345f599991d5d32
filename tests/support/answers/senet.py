from answers import Answers

ANSWERS = {
    "first": Answers(right=4, wrong=[0, 2, 8]),
}
