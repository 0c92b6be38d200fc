"""学籍信息 and 学历信息 as their holder meets them."""
