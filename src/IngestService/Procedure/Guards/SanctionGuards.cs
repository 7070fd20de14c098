using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>行政处罚的种类 (art. 9): whole, lawful here, and whether one is heavier than another (art. 45).</summary>
internal static class SanctionGuards
{
    // Sums of two stay within the type; no penalty comes near.
    private const long MostFen = 1_000_000_000_000_000;

    public static void Whole(ActScope scope, Sanction sanction)
    {
        scope.Require("SANCTION_SUMS", sanction is { FineFen: >= 0 and <= MostFen, ConfiscationFen: >= 0 and <= MostFen }
            && sanction.Kinds.Contains(SanctionKind.Fine) == (sanction.FineFen > 0)
            && (sanction.ConfiscationFen == 0 || sanction.Kinds.Contains(SanctionKind.Confiscation)),
            "处罚种类与金额不一致", "罚款、没收的种类和金额应当对应", "APL-9");
        scope.Require("SANCTION_POWER", !sanction.Kinds.Contains(SanctionKind.Detention), "行政拘留只能由公安机关决定", "移送公安机关", "APL-18");
        scope.Require("SANCTION_KINDS", sanction.Kinds.All(kind => kind != SanctionKind.Unspecified && Enum.IsDefined(kind)), "处罚种类不存在", "从处罚种类中选择", "APL-9");
    }

    /// <summary>Heavier in any one respect: more money, or a kind that was not told of. A kind in place of another is another sanction, so it counts, too.</summary>
    public static bool IsHeavier(Sanction then, Sanction now) => now.FineFen > then.FineFen || now.ConfiscationFen > then.ConfiscationFen
        || now.Kinds.Any(kind => !then.Kinds.Contains(kind));

    /// <summary>Of the same kinds and sums; the words may differ.</summary>
    public static bool IsSame(Sanction one, Sanction other) => one.FineFen == other.FineFen && one.ConfiscationFen == other.ConfiscationFen
        && one.Kinds.ToHashSet().SetEquals(other.Kinds);

    /// <summary>Art. 63 with the city's sums: does what is proposed give the right to a hearing.</summary>
    public static bool GivesHearing(ActScope scope, Sanction sanction)
    {
        if (sanction.Kinds.Any(kind => kind is SanctionKind.Downgrade or SanctionKind.RevokeLicence or SanctionKind.SuspendLicence
            or SanctionKind.RestrictBusiness or SanctionKind.StopBusiness or SanctionKind.CloseBusiness or SanctionKind.BanProfession))
            return true;
        PartyKind party = scope.Case.Filing?.PartyKind ?? PartyKind.Citizen;

        // No threshold for the day is no reason to deny a hearing.
        long from = scope.Profile?.HearingOn(party, scope.Day)?.FromFen ?? 0;
        return sanction.FineFen >= from && sanction.FineFen > 0 || sanction.ConfiscationFen >= from && sanction.ConfiscationFen > 0;
    }
}
