using System.Globalization;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// A data segment. Head and items are what was sent, in the order it was sent; the rest is read out of them.
internal sealed record Hj212Message
{
    /// QN, ST, CN, PW, MN, Flag, PNUM, PNO: those that were there, without CP.
    public required IReadOnlyList<Hj212Field> Head { get; init; }

    /// The items of CP, each with its fields. Empty when the area is encrypted.
    public required IReadOnlyList<IReadOnlyList<Hj212Field>> Items { get; init; }

    /// The bytes between "CP=&&" and the last "&&", as characters.
    public string Area { get; init; } = "";

    /// Tolerated errata, by name.
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool IsEncrypted { get; init; }

    /// Unique id of an exchange, yyyyMMddHHmmsszzz, when it was sent; empty: none.
    public string Qn { get; init; } = "";

    /// System code: what kind of station.
    public string St { get; init; } = "";

    public required int Cn { get; init; }

    public string Pw { get; init; } = "";

    public required string Mn { get; init; }

    public int? Flag { get; init; }

    /// 1 and 1 for a message that is not split.
    public int PacketCount { get; init; } = 1;

    public int PacketNumber { get; init; } = 1;

    public Hj212Version Version => (Hj212Version)((Flag ?? 0) >> 2);

    public bool WantsAnswer => (Flag & 1) == 1;

    public bool IsSplit => PacketCount > 1;

    /// As the records' protocol field says it; a version we do not know keeps its number.
    public string Protocol => Version switch
    {
        Hj212Version.V2005 => "hj212-2005",
        Hj212Version.V2017 => "hj212-2017",
        Hj212Version.V2025 => "hj212-2025",
        var other => string.Create(CultureInfo.InvariantCulture, $"hj212-flag-{(int)other}"),
    };

    /// DataTime as sent; empty: none.
    public string DataTime => Find("DataTime");

    /// The first value under a name; empty when there is none. Names are case-sensitive (clause 6.3.4).
    public string Find(string name)
    {
        foreach (var item in Items)
            foreach (var field in item)
                if (field.Name == name)
                    return field.Value;
        return "";
    }

    /// Every field of CP in order.
    public IEnumerable<Hj212Field> Fields => Items.SelectMany(i => i);
}
