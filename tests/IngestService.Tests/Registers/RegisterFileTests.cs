using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Files;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>Files as people send them.</summary>
public sealed class RegisterFileTests
{
    private const string Head = "设备编号,设备类型,准入类别,序列号,所属单位\r\n";

    [Theory]
    [InlineData("a,b\n1,2", "a|b/1|2")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4\r", "a|b/1|2/3|4")]
    [InlineData("\"a,\"\"x\"\"\",\"b\r\nc\"\n", "a,\"x\"|b\r\nc")]
    [InlineData(",\n", "|")]
    [InlineData("", "")]
    public void Csv_is_read_as_RFC_4180_has_it(string text, string records)
    {
        CsvParser parser = new(text);
        List<string> read = [];
        while (parser.TryRead(out List<string>? record))
            read.Add(string.Join('|', record));

        Assert.Equal(records, string.Join('/', read));
    }

    [Theory]
    [InlineData("a\"b,c\n", "a quote inside")]
    [InlineData("\"a\"b,c\n", "after a closing quote")]
    [InlineData("\"a,c\n", "ends inside quotes")]
    public void What_is_no_csv_is_named(string text, string fault)
    {
        CsvParser parser = new(text);

        Assert.True(parser.TryRead(out _));
        Assert.Contains(fault, parser.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_through_fields_that_hold_line_breaks()
    {
        CsvParser parser = new("a\n\"b\r\nb\nb\",\r\n\r\nc");
        List<int> lines = [];
        while (parser.TryRead(out _))
            lines.Add(parser.Line);

        Assert.Equal([1, 2, 6], lines);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("gb18030", false)]
    public void A_file_comes_in_UTF8_with_or_without_BOM_or_in_GB_18030(string encoding, bool withBom)
    {
        const string text = "设备编号,安装地点\r\nm1,长江二桥北𠮷\r\n";
        Encoding writer = encoding == "utf-8" ? new UTF8Encoding(withBom) : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        byte[] bytes = [.. writer.GetPreamble().Where(_ => withBom), .. writer.GetBytes(text)];

        Assert.Equal((text, encoding), CsvText.Read(bytes));
    }

    [Fact]
    public void What_is_neither_is_said_to_be_neither() => Assert.Null(CsvText.Read([0x61, 0xFF, 0xFF, 0x62]).Text);

    [Fact]
    public void All_errors_of_a_file_are_said_at_once_by_line_and_column()
    {
        RegisterFileReader reader = Read(Head + "m1,执法记录仪,recorder,S1,u\r\nm2,飞艇,recorder,S2,u\r\nm3,recorder,recorder\r\nm1,recorder,recorder,S4,u\r\n坏 号,recorder,recorder,S5,u");

        Assert.Equal(
            [(3u, "设备类型"), (4u, ""), (5u, "设备编号"), (6u, "设备编号")], reader.Errors.Select(error => (error.Line, error.Column)));
        Assert.Contains("recorder (执法记录仪)", reader.Errors[0].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("序列号\nS1", "设备编号")]
    [InlineData("设备编号,颜色\nm1,红", "is no column")]
    [InlineData("设备编号,id\nm1,m1", "twice")]
    [InlineData("", "empty")]
    public void A_head_that_is_none_is_said_once(string text, string what)
    {
        RegisterFileReader reader = Read(text);

        Assert.Contains(what, Assert.Single(reader.Errors).What, StringComparison.Ordinal);
        Assert.Empty(reader.Changes);
    }

    [Fact]
    public void A_million_lines_are_refused_at_the_limit()
    {
        StringBuilder text = new(Head);
        for (int i = 0; i < RegisterFileReader.MostLines + 2; i++)
            text.Append('m').Append(i).Append(",recorder,recorder,S,u\n");
        RegisterFileReader reader = Read(text.ToString());

        Assert.Contains("send it in parts", Assert.Single(reader.Errors).What, StringComparison.Ordinal);
        Assert.Equal(RegisterFileReader.MostLines, reader.Changes.Count);
    }

    [Fact]
    public void What_is_exported_is_read_back_as_it_was()
    {
        RegisterChange officer = RegisterWorld.Officer("zhang", "张,\"三\"", "team", "2026-01-01", "2026-11-28", OfficerRole.Handler, OfficerRole.Supervisor);
        officer.Officer.Certificates.Add(new EnforcementCertificate { Number = "B", ThroughDay = "2030-01-01", Domains = { "river", "market" } });
        RegisterChange device = RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30");
        device.Device.Position = new Position { Latitude = 29.563012345678, Longitude = 106.55 };
        device.Device.RoadOrArea.Add("北滨路");
        RegisterChange unit = RegisterWorld.Unit("org", "中心", UnitStanding.Organisation, UnitLevel.Town, "city");

        foreach (RegisterChange change in new[] { officer, device, unit })
        {
            RegisterFileFormat format = RegisterFileFormat.Of(RegisterContent.KindOf(change))!;
            byte[] file = [.. RegisterFileWriter.Write(format, [change]).SelectMany(piece => piece)];
            RegisterFileReader reader = new(format, "导入");
            reader.Read(CsvText.Read(file).Text!);

            Assert.Empty(reader.Errors);
            Assert.True(RegisterDiff.IsSameContent(change, Assert.Single(reader.Changes).Change));
        }
    }

    private static RegisterFileReader Read(string text)
    {
        RegisterFileReader reader = new(RegisterFileFormat.Of(RegisterKind.Device)!, "导入");
        reader.Read(text);
        return reader;
    }
}
