"""The record of processing activities (บันทึกรายการกิจกรรม, PDPA s.39), made from the data dictionary."""
