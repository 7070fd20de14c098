namespace EdgeEnforcement.IngestService.Registers;

/// <summary>From a day through a day, both counted in full; empty text is open. A text that is no day closes the period: it holds never.</summary>
internal readonly record struct DayPeriod(DateOnly From, DateOnly Through)
{
    public static DayPeriod Of(string fromDay, string throughDay) => new(
        Day(fromDay, DateOnly.MinValue, DateOnly.MaxValue), Day(throughDay, DateOnly.MaxValue, DateOnly.MinValue));

    public bool Holds(DateOnly day) => From <= day && day <= Through;

    public bool Meets(DayPeriod other) => From <= other.Through && other.From <= Through && From <= Through && other.From <= other.Through;

    public override string ToString() =>
        $"{(From == DateOnly.MinValue ? "…" : CivilDay.ToText(From))} – {(Through == DateOnly.MaxValue ? "…" : CivilDay.ToText(Through))}";

    private static DateOnly Day(string text, DateOnly open, DateOnly unreadable) =>
        text.Length == 0 ? open : CivilDay.TryParse(text, out DateOnly day) ? day : unreadable;
}
