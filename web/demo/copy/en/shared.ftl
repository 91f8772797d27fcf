# The name of the business. Locales that need it keep its grammatical cases.
-brand = Drowsy Heron
site-name = { -brand }
skip = Skip to the content
nav =
    .aria-label = Pages
nav-home = Jetty
nav-boats = Boats
nav-book = Book
nav-about = About
language = Language
footer-demo = <strong>This boat hire is made up.</strong> Its words live in Copydesk: change one, publish it, and here it is.
