using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class FormFieldsTests
{
    private static readonly System.Resources.ResourceManager Resources = new(typeof(Texts));

    [Fact]
    public void Every_field_of_every_register_has_a_word_and_every_value_of_it_too()
    {
        var chinese = CultureInfo.GetCultureInfo("zh-Hans");
        var contents = RegisterChange.Descriptor.Oneofs[0].Fields.Where(content => content.Name != "agent_configuration").SelectMany(content => Messages(content.MessageType)).Distinct();

        Assert.All(contents.SelectMany(FormFields.Of), field =>
        {
            Assert.NotNull(Resources.GetString($"Field.{field.Name}", chinese));
            Assert.All(field.Values, value => Assert.NotNull(Resources.GetString($"{field.Words}.{value}", chinese)));
        });
        Assert.All(Enum.GetNames<RegisterKind>(), kind => Assert.NotNull(Resources.GetString($"RegisterKind.{kind}", chinese)));
    }

    [Fact]
    public void What_is_read_into_a_box_and_written_back_is_what_it_was()
    {
        IMessage[] contents =
        [
            new EnforcementItem { Name = "名", Domain = "river", FromDay = "2026-01-01", OffSite = true },
            new RegisteredDevice { Type = RegisteredDeviceType.Camera, AdmissionClass = AdmissionClass.AgencyMonitor, Position = new Position { Latitude = -29.5, Longitude = 106.25 }, RoadOrArea = { "一段, 东", "二段" } },
            new Territory { GeoJson = "{ }", CorridorM = 12.5, Kind = TerritoryKind.Site, ParentId = "a" },
            new WorkingCalendar { Holidays = { "2027-01-01", "2027-01-02" }, Source = "通知" },
            new OfficerLeave { From = Figures.FromCivil(new DateTime(2026, 11, 28, 9, 30, 0)), Until = Figures.FromCivil(new DateTime(2026, 11, 29, 9, 30, 15)) },
        ];
        foreach (var content in contents)
        {
            var written = content.Descriptor.Parser.ParseFrom(content.ToByteString());
            foreach (var field in FormFields.Of(content.Descriptor).Where(field => field.Input is not (FormInput.Rows or FormInput.SomeOf)))
                FormText.Write(field, written, FormText.Read(field, content));
            Assert.Equal(content, written);
        }
    }

    [Fact]
    public void Days_are_taken_as_a_person_lists_them_and_a_value_is_taken_in_and_out()
    {
        var calendar = new WorkingCalendar();
        FormText.Write(Field(calendar, "holidays"), calendar, "2027-02-07、2027-01-01, 2027-01-01\n2027-02-06");
        Assert.Equal(["2027-01-01", "2027-02-06", "2027-02-07"], calendar.Holidays);

        var written = new Substitution();
        FormText.Toggle(Field(written, "roles"), written, "UnitHead");
        FormText.Toggle(Field(written, "roles"), written, "Handler");
        FormText.Toggle(Field(written, "roles"), written, "UnitHead");
        Assert.Equal([OfficerRole.Handler], written.Roles);
    }

    [Theory]
    [InlineData("29.5, 106.5", true)]
    [InlineData("29.5，106.5", true)]
    [InlineData("somewhere", false)]
    [InlineData("", false)]
    public void A_position_is_two_numbers_or_none(string typed, bool isRead)
    {
        var device = new RegisteredDevice { Position = new Position { Latitude = 1 } };
        FormText.Write(Field(device, "position"), device, typed);
        Assert.Equal(isRead ? new Position { Latitude = 29.5, Longitude = 106.5 } : null, device.Position);
    }

    private static FormField Field(IMessage content, string name) => FormFields.Of(content.Descriptor).Single(field => field.Name == name);

    private static IEnumerable<MessageDescriptor> Messages(MessageDescriptor content) => FormFields.Of(content)
        .Where(field => field.Input == FormInput.Rows).SelectMany(field => Messages(field.Field.MessageType)).Prepend(content);
}
