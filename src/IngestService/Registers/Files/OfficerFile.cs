using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Files;

internal static class OfficerFile
{
    private static readonly WordList<OfficerRole> Roles = new(
        (OfficerRole.Handler, "handler", "承办人"), (OfficerRole.TechnicalReviewer, "technical-reviewer", "技术审核人"),
        (OfficerRole.EvidenceReviewer, "evidence-reviewer", "证据审核人"), (OfficerRole.UnitHead, "unit-head", "承办机构负责人"),
        (OfficerRole.LegalReviewer, "legal-reviewer", "法制审核人"), (OfficerRole.AgencyHead, "agency-head", "行政机关负责人"),
        (OfficerRole.HearingPresider, "hearing-presider", "听证主持人"), (OfficerRole.ServiceOfficer, "service-officer", "送达人"),
        (OfficerRole.PublicationOfficer, "publication-officer", "公示员"), (OfficerRole.EvidenceCustodian, "evidence-custodian", "音像资料管理员"),
        (OfficerRole.Supervisor, "supervisor", "执法监督人员"), (OfficerRole.SystemAdministrator, "system-administrator", "系统管理员"),
        (OfficerRole.Installer, "installer", "安装维护人员"));

    public static RegisterFileFormat Format { get; } = new(RegisterKind.Officer,
    [
        ("id", "人员编号"), ("name", "姓名"), ("number", "使用人编号"),
        ("certificate_number", "执法证号"), ("certificate_issuer", "发证机关"), ("certificate_from", "发证日期"), ("certificate_through", "有效期至"),
        ("certificate_domains", "执法领域"), ("unit_id", "所属单位"), ("roles", "角色"), ("assigned_from", "任职起"), ("assigned_through", "任职止"),
        ("telephone", "电话"), ("legal_qualification", "法律职业资格"),
    ], Build, Write, new Dictionary<string, string> { ["certificates"] = "certificate_number", ["assignments"] = "unit_id" });

    private static void Build(LineCells cells, RegisterChange change)
    {
        Officer officer = change.Officer = new Officer
        {
            Name = cells.Text("name"), Number = cells.Text("number"), Telephone = cells.Text("telephone"),
            LegalQualification = cells.Text("legal_qualification") is "是" or "有" or "yes" or "true" or "1",
        };
        foreach (string[] row in cells.Rows("certificate_number", "certificate_issuer", "certificate_from", "certificate_through", "certificate_domains"))
        {
            EnforcementCertificate certificate = new()
            {
                Number = row[0], Issuer = row[1], FromDay = LineCells.Day(row[2]), ThroughDay = LineCells.Day(row[3]),
            };
            certificate.Domains.AddRange(LineCells.Parts(row[4]));
            officer.Certificates.Add(certificate);
        }

        foreach (string[] row in cells.Rows("unit_id", "roles", "assigned_from", "assigned_through"))
        {
            Assignment assignment = new() { UnitId = row[0], FromDay = LineCells.Day(row[2]), ThroughDay = LineCells.Day(row[3]) };
            assignment.Roles.AddRange(LineCells.Parts(row[1]).Select(role => cells.Word("roles", role, Roles)));
            officer.Assignments.Add(assignment);
        }
    }

    private static IReadOnlyList<string> Write(RegisterChange change)
    {
        Officer officer = change.Officer;
        return
        [
            change.Id, officer.Name, officer.Number,
            Join(officer.Certificates, known => known.Number), Join(officer.Certificates, known => known.Issuer),
            Join(officer.Certificates, known => known.FromDay), Join(officer.Certificates, known => known.ThroughDay),
            Join(officer.Certificates, known => string.Join('|', known.Domains)),
            Join(officer.Assignments, known => known.UnitId), Join(officer.Assignments, known => string.Join('|', known.Roles.Select(Roles.English))),
            Join(officer.Assignments, known => known.FromDay), Join(officer.Assignments, known => known.ThroughDay),
            officer.Telephone, officer.LegalQualification ? "是" : "",
        ];
    }

    private static string Join<T>(IEnumerable<T> things, Func<T, string> cell) => string.Join(';', things.Select(cell));
}
