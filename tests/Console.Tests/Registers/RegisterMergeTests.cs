using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Registers;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

public sealed class RegisterMergeTests
{
    [Fact]
    public void What_the_second_did_not_touch_is_as_the_first_left_it()
    {
        var seen = Unit("局", "旧址", "a");
        var mine = Unit("局", "新址", "a");
        var now = Unit("新局", "别处", "a", "b");

        RegisterMerge.TakeUntouched(seen, mine, now);

        Assert.Equal(Unit("新局", "新址", "a", "b"), mine);
    }

    [Fact]
    public void A_message_that_was_taken_away_is_gone_and_nothing_is_shared()
    {
        var seen = new RegisterChange { Device = new RegisteredDevice { Position = new Position { Latitude = 29 }, Verifications = { new VerificationCertificate { Number = "1" } } } };
        var now = new RegisterChange { Device = new RegisteredDevice { Verifications = { new VerificationCertificate { Number = "2" } } } };
        var mine = seen.Clone();
        mine.Device.Firmware = "2";

        RegisterMerge.TakeUntouched(seen, mine, now);
        now.Device.Verifications[0].Number = "3";

        Assert.Equal((null, "2", "2"), (mine.Device.Position, mine.Device.Firmware, mine.Device.Verifications.Single().Number));
    }

    private static RegisterChange Unit(string name, string address, params string[] territories) =>
        new() { Unit = new OrganisationUnit { Name = name, Address = address, TerritoryIds = { territories } } };
}
