using EdgeEnforcement.EdgeAgent.Sources.Dock;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Dock;

public sealed class RecordingNameParserTests
{
    private readonly RecordingNameParser _names = RecordingNameParser.Load(null);

    [Theory]
    [InlineData("1111111@201506250850560000.mp4", "serial-at-time", "1111111", "", "2015-06-25T00:50:56Z", "0000", false)]
    [InlineData("1111111@201506250850560012_IMP.mp4", "serial-at-time", "1111111", "", "2015-06-25T00:50:56Z", "0012", true)]
    [InlineData("TA00716_000001_20170623093621.MOV", "serial-officer-time", "TA00716", "000001", "2017-06-23T01:36:21Z", "", false)]
    [InlineData("TA00716_000001_20170623093621_IMP.MP4", "serial-officer-time", "TA00716", "000001", "2017-06-23T01:36:21Z", "", true)]
    [InlineData("TA00716_000001_20170623093621_0007.jpg", "serial-officer-time", "TA00716", "000001", "2017-06-23T01:36:21Z", "0007", false)]
    [InlineData("IMG_0001.JPG", "", "", "", null, "", false)]
    [InlineData("TA00716_000001_20171323093621.MOV", "serial-officer-time", "TA00716", "000001", null, "", false)]
    [InlineData("TA00716_000001_00010101000000.mp4", "serial-officer-time", "TA00716", "000001", null, "", false)]
    [InlineData("TA00716_000001_99991231235959.mp4", "serial-officer-time", "TA00716", "000001", null, "", false)]
    [InlineData("", "", "", "", null, "", false)]
    public void A_name_gives_what_its_profile_says(
        string file, string profile, string serial, string officer, string? utc, string sequence, bool important)
    {
        var name = _names.Parse(file);

        Assert.Equal(
            new RecordingName(profile, serial, officer, utc is null ? null : DateTimeOffset.Parse(utc), sequence, important),
            name with { Time = name.Time?.ToUniversalTime() });
    }

    [Fact]
    public void A_recorders_local_time_keeps_its_offset() =>
        Assert.Equal(TimeSpan.FromHours(8), _names.Parse("TA00716_000001_20170623093621.MOV").Time!.Value.Offset);

    [Theory]
    [InlineData("0000000", true)]
    [InlineData("TA00716", false)]
    public void Default_serials_are_known(string serial, bool isDefault) => Assert.Equal(isDefault, _names.IsDefaultSerial(serial));
}
