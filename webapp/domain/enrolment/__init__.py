"""The years of an enrolment: registering, 学籍异动, 学年注册, the province's word, admission data, kept values."""
