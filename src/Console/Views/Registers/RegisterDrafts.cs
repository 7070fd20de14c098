using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Subjects before anything was typed, and the registers that are shown as plain lists, by the word in their address.</summary>
public static class RegisterDrafts
{
    private const int LongestId = 64; // as the service takes it

    public static IReadOnlyDictionary<string, RegisterKind> Lists { get; } = new Dictionary<string, RegisterKind>(StringComparer.Ordinal)
    {
        ["items"] = RegisterKind.Item, ["grants"] = RegisterKind.Grant, ["substitutions"] = RegisterKind.Substitution, ["leaves"] = RegisterKind.Leave,
        ["recusals"] = RegisterKind.Recusal, ["reviewers"] = RegisterKind.Reviewer, ["hand-overs"] = RegisterKind.HandOver,
    };

    /// <summary>What stands beside an officer, with the field that names him.</summary>
    public static IReadOnlyList<(RegisterKind Kind, string OfficerField)> Matters { get; } =
    [
        (RegisterKind.Substitution, "absent_officer_id"), (RegisterKind.Leave, "officer_id"), (RegisterKind.Recusal, "officer_id"),
        (RegisterKind.Reviewer, "officer_id"), (RegisterKind.HandOver, "from_officer_id"),
    ];

    public static string ListOf(RegisterKind kind) => Lists.FirstOrDefault(list => list.Value == kind).Key ?? "";

    public static RegisterChange New(RegisterKind kind, string unitId = "") => kind switch
    {
        RegisterKind.Item => new RegisterChange { Item = new EnforcementItem { Domain = "river", Basis = { new LegalBasis() } } },
        RegisterKind.Grant => new RegisterChange { Grant = new CompetenceGrant { UnitId = unitId } },
        RegisterKind.Officer => new RegisterChange { Officer = new Officer { Certificates = { new EnforcementCertificate() }, Assignments = { new Assignment { UnitId = unitId } } } },
        RegisterKind.Substitution => new RegisterChange { Substitution = new Substitution { UnitId = unitId } },
        RegisterKind.Leave => new RegisterChange { Leave = new OfficerLeave() },
        RegisterKind.Recusal => new RegisterChange { Recusal = new Recusal() },
        RegisterKind.Reviewer => new RegisterChange { Reviewer = new OutsideReviewer { UnitId = unitId } },
        RegisterKind.HandOver => new RegisterChange { HandOver = new HandOver() },
        RegisterKind.Device => new RegisterChange { Device = new RegisteredDevice { UnitId = unitId } },
        RegisterKind.Territory => new RegisterChange { Territory = new Territory() },
        RegisterKind.Object => new RegisterChange { EnforcementObject = new EnforcementObject() },
        RegisterKind.ObjectLink => new RegisterChange { ObjectLink = new ObjectLink { SubjectKind = "case", Part = ObjectPart.Party } },
        RegisterKind.Penalty => new RegisterChange { Penalty = new PenaltyRecord() },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "nobody begins one of these at a page"),
    };

    /// <summary>Of a subject that has no number of its own in life: the instant makes one; a second one of the same second is a conflict that is shown.</summary>
    public static RegisterChange NewNumbered(RegisterKind kind, string about, DateTimeOffset now, string unitId = "")
    {
        var draft = New(kind, unitId);
        var number = string.Create(CultureInfo.InvariantCulture, $"{kind.ToString().ToLowerInvariant()}-{now.ToUnixTimeSeconds()}-{about}");
        draft.Id = number[..Math.Min(number.Length, LongestId)].TrimEnd('-');
        return draft;
    }
}
