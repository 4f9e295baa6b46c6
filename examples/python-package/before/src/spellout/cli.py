import click

from spellout import spell


@click.command()
@click.argument("numbers", type=click.IntRange(0, 99), nargs=-1, required=True)
def main(numbers: tuple[int, ...]) -> None:
    """Spells NUMBERS out, one on each line."""
    for number in numbers:
        click.echo(f"{number} is {spell(number)}")
