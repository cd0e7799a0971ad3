"""The way of an enrolment through its group: stages, encounters, referrals, follow-ups, moves and carrying over."""
