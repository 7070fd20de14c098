using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Files;

internal static class UnitFile
{
    private static readonly WordList<UnitLevel> Levels = new(
        (UnitLevel.City, "city", "市级"), (UnitLevel.District, "district", "区县级"), (UnitLevel.Town, "town", "乡镇街道"), (UnitLevel.Team, "team", "队伍"));

    private static readonly WordList<UnitStanding> Standings = new(
        (UnitStanding.Agency, "agency", "行政机关"), (UnitStanding.Internal, "internal", "内设机构"), (UnitStanding.Organisation, "organisation", "受委托组织"));

    public static RegisterFileFormat Format { get; } = new(RegisterKind.Unit,
    [
        ("id", "单位编号"), ("name", "单位名称"), ("parent_id", "上级单位"), ("level", "层级"), ("standing", "性质"), ("uscc", "统一社会信用代码"),
        ("territory_ids", "管辖区域"), ("address", "地址"), ("telephone", "电话"),
    ], Build, Write, new Dictionary<string, string>());

    private static void Build(LineCells cells, RegisterChange change)
    {
        change.Unit = new OrganisationUnit
        {
            Name = cells.Text("name"), ParentId = cells.Text("parent_id"), Level = cells.Word("level", Levels), Standing = cells.Word("standing", Standings),
            Uscc = cells.Text("uscc"), Address = cells.Text("address"), Telephone = cells.Text("telephone"),
        };
        change.Unit.TerritoryIds.AddRange(LineCells.Parts(cells.Text("territory_ids")));
    }

    private static IReadOnlyList<string> Write(RegisterChange change)
    {
        OrganisationUnit unit = change.Unit;
        return [change.Id, unit.Name, unit.ParentId, Levels.English(unit.Level), Standings.English(unit.Standing), unit.Uscc,
            string.Join('|', unit.TerritoryIds), unit.Address, unit.Telephone];
    }
}
