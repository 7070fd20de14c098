using EdgeEnforcement.Contracts.V1;
using Content = EdgeEnforcement.Contracts.V1.RegisterChange.ContentOneofCase;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>What is common to the contents of all kinds: which kind it is, whose list it is found under, what a list searches.</summary>
internal static class RegisterContent
{
    private static readonly Dictionary<Content, RegisterKind> Kinds = new()
    {
        [Content.Unit] = RegisterKind.Unit,
        [Content.Item] = RegisterKind.Item,
        [Content.Grant] = RegisterKind.Grant,
        [Content.Officer] = RegisterKind.Officer,
        [Content.Substitution] = RegisterKind.Substitution,
        [Content.Leave] = RegisterKind.Leave,
        [Content.Recusal] = RegisterKind.Recusal,
        [Content.Reviewer] = RegisterKind.Reviewer,
        [Content.HandOver] = RegisterKind.HandOver,
        [Content.Device] = RegisterKind.Device,
        [Content.Admission] = RegisterKind.Admission,
        [Content.Calendar] = RegisterKind.Calendar,
        [Content.Territory] = RegisterKind.Territory,
        [Content.AgentConfiguration] = RegisterKind.AgentConfiguration,
        [Content.EnforcementObject] = RegisterKind.Object,
        [Content.ObjectMerge] = RegisterKind.ObjectMerge,
        [Content.ObjectLink] = RegisterKind.ObjectLink,
        [Content.Penalty] = RegisterKind.Penalty,
    };

    /// <summary>UNSPECIFIED for a change without content.</summary>
    public static RegisterKind KindOf(RegisterChange change) => Kinds.GetValueOrDefault(change.ContentCase);

    /// <summary>About parties: erasable, searched in the table, not held in memory.</summary>
    public static bool IsAboutParties(RegisterKind kind) => kind >= RegisterKind.Object;

    /// <summary>Under which other subjects it is looked up.</summary>
    public static IEnumerable<string> OwnersOf(RegisterChange change) => change switch
    {
        { Unit: { } unit } => [unit.ParentId],
        { Grant: { } grant } => [grant.UnitId],
        { Officer: { } officer } => officer.Certificates.Select(CertificateKey),
        { Substitution: { } substitution } => [substitution.SubstituteOfficerId],
        { Leave: { } leave } => [leave.OfficerId],
        { Recusal: { } recusal } => [recusal.OfficerId],
        { Reviewer: { } reviewer } => [reviewer.OfficerId],
        { HandOver: { } handOver } => [handOver.FromOfficerId],
        { Device: { } device } => [SerialKey(device)],
        { Territory: { } territory } => [territory.ParentId],
        { AgentConfiguration: { } configuration } => [configuration.Producer],
        _ => [],
    };

    /// <summary>Devices of one type with one serial are one device.</summary>
    public static string SerialKey(RegisteredDevice device) => $"{(int)device.Type}/{device.Serial.Trim().ToUpperInvariant()}";

    /// <summary>An officer is also listed under the numbers of his certificates.</summary>
    public static string CertificateKey(EnforcementCertificate certificate) => "certificate/" + certificate.Number.Trim().ToUpperInvariant();

    /// <summary>The unit a list by unit finds it under; empty: none.</summary>
    public static IEnumerable<string> UnitsOf(RegisterChange change) => change switch
    {
        { Unit: { } unit } => [unit.ParentId],
        { Grant: { } grant } => [grant.UnitId],
        { Officer: { } officer } => officer.Assignments.Select(assignment => assignment.UnitId),
        { Substitution: { } substitution } => [substitution.UnitId],
        { Reviewer: { } reviewer } => [reviewer.UnitId],
        { Device: { } device } => [device.UnitId],
        _ => [],
    };

    /// <summary>What a list's search looks through, beside the id.</summary>
    public static IEnumerable<string> WordsOf(RegisterChange change) => change switch
    {
        { Unit: { } unit } => [unit.Name, unit.Uscc],
        { Item: { } item } => [item.Name, item.Domain],
        { Grant: { } grant } => [grant.UnitId, grant.Document],
        { Officer: { } officer } => [officer.Name, officer.Number, .. officer.Certificates.Select(certificate => certificate.Number)],
        { Substitution: { } substitution } => [substitution.AbsentOfficerId, substitution.SubstituteOfficerId, substitution.Document],
        { Leave: { } leave } => [leave.OfficerId, leave.Kind],
        { Recusal: { } recusal } => [recusal.CaseId, recusal.OfficerId],
        { Reviewer: { } reviewer } => [reviewer.OfficerId, .. reviewer.CaseIds],
        { HandOver: { } handOver } => [handOver.FromOfficerId, handOver.ToOfficerId],
        { Device: { } device } => [device.Serial, device.Model, device.Place, device.Producer],
        { Territory: { } territory } => [territory.Name, territory.Code],
        { AgentConfiguration: { } configuration } => [configuration.Producer, configuration.Label],
        _ => [],
    };
}
