using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>
/// One stream per 文号: the sequencer gives each number once. Version 0: free; it moves by one when the number is leased, when a document takes it and
/// when it is voided.
/// </summary>
/// <param name="AgencyId">Unit in the register.</param>
internal sealed record NumberStream(string AgencyId, DocumentKind Kind, int Year, uint Ordinal)
{
    private const string Prefix = "number/";

    public static bool IsNumber(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null: it is no such stream. A unit's id may hold '/'; what follows it may not.</summary>
    public static NumberStream? Parse(string stream)
    {
        if (!IsNumber(stream))
            return null;
        string[] parts = stream[Prefix.Length..].Split('/');
        return parts.Length >= 4 && ProtoNames<DocumentKind>.All.TryGetValue(parts[^3], out DocumentKind kind)
            && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && uint.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint ordinal)
            ? new NumberStream(string.Join('/', parts[..^3]), kind, year, ordinal)
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{AgencyId}/{ProtoNames<DocumentKind>.Of(Kind)}/{Year}/{Ordinal}");
}
