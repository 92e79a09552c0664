"""Counting words up to twelve in eight languages (en de fr es it nl pl pt), folded.

A word that stands for two numbers is in no language of the eight, so one table serves them all.
"""

from __future__ import annotations

NUMBER_WORDS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "one a ein eine einen un une uno una een jeden jedna jedno um uma",
            "two zwei deux dos due twee dwa dwie dois duas",
            "three drei trois tres tre drie trzy",
            "four vier quatre cuatro quattro cztery quatro",
            "five funf fuenf cinq cinco cinque vijf piec",
            "six sechs seis sei zes szesc",
            "seven sieben sept siete sette zeven siedem sete",
            "eight acht huit ocho otto osiem oito",
            "nine neun neuf nueve nove negen dziewiec",
            "ten zehn dix diez dieci tien dziesiec dez",
            "eleven elf onze once undici jedenascie",
            "twelve zwolf zwoelf douze doce dodici twaalf dwanascie doze",
        ),
        start=1,
    )
    for word in words.split()
}
