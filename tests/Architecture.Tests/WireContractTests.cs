using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Reflection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.Architecture.Tests;

public sealed class WireContractTests
{
    private static readonly FileDescriptor[] Files =
    [
        EnvelopeReflection.Descriptor, RecordReflection.Descriptor, MediaReflection.Descriptor, CustodyReflection.Descriptor,
        AlertReflection.Descriptor, ReadingReflection.Descriptor, FactReflection.Descriptor, ReportReflection.Descriptor,
        ReceiptReflection.Descriptor, EnrolmentReflection.Descriptor, MediaVaultReflection.Descriptor, LedgerReflection.Descriptor,
        DeskReflection.Descriptor, ActsReflection.Descriptor, ErasureReflection.Descriptor, DeviceReflection.Descriptor,
        IdentityReflection.Descriptor, StationReflection.Descriptor, RegisterReflection.Descriptor, RegisterActsReflection.Descriptor,
        RegisterDeskReflection.Descriptor, AgentConfigurationReflection.Descriptor,
        ProcedureReflection.Descriptor, ProcedureActReflection.Descriptor, ProcedureActsReflection.Descriptor, ProcedureClockReflection.Descriptor,
        ProcedureDecisionReflection.Descriptor, ProcedureDeskReflection.Descriptor, ProcedureInvestigationReflection.Descriptor,
        ProcedureLeadReflection.Descriptor, ProcedureNumberReflection.Descriptor, RegisterObjectReflection.Descriptor, SentenceReflection.Descriptor,
        InspectionReflection.Descriptor, InspectionActsReflection.Descriptor, InspectionDeskReflection.Descriptor,
    ];

    [Fact]
    public void One_package_and_at_most_one_service_a_file()
    {
        Assert.Equal(Directory.GetFiles(Path.Combine(SourceTree.Root, "protos/edgeenforcement/v1"), "*.proto").Length, Files.Length);
        Assert.All(Files, file => Assert.Equal("edgeenforcement.v1", file.Package));
        Assert.All(Files, file => Assert.True(file.Services.Count <= 1, file.Name));
    }

    [Fact]
    public void Enum_values_carry_their_prefix_and_zero_is_unspecified()
    {
        foreach (var type in Files.SelectMany(file => file.EnumTypes))
        {
            var zero = type.FindValueByNumber(0).Name;
            Assert.EndsWith("_UNSPECIFIED", zero, StringComparison.Ordinal);
            var prefix = zero[..^"UNSPECIFIED".Length];
            Assert.All(type.Values, value => Assert.StartsWith(prefix, value.Name, StringComparison.Ordinal));
        }
    }

    // The leaf's type is this number: it is in every hash and can never change.
    [Fact]
    public void Record_types_keep_their_numbers()
    {
        var numbers = Record.Descriptor.Oneofs[0].Fields.ToDictionary(field => field.Name, field => field.FieldNumber);

        Assert.Equal(16, numbers["epoch_start"]);
        Assert.Equal(21, numbers["agent_configuration_report"]);
        Assert.Equal(24, numbers["field_alert"]);
        Assert.Equal(32, numbers["media_manifest"]);
        Assert.Equal(34, numbers["custody_event"]);
        Assert.Equal(40, numbers["reading_batch"]);
        Assert.Equal(48, numbers["device_message"]);
        Assert.Equal(49, numbers["device_presence"]);
        Assert.Equal(66, numbers["media_stored"]);
        Assert.Equal(80, numbers["alert_opened"]);
        Assert.Equal(87, numbers["case_opened"]);
        Assert.Equal(90, numbers["erasure_requested"]);
        Assert.Equal(93, numbers["erased"]);
        Assert.Equal(112, numbers["register_changed"]);
        Assert.Equal(116, numbers["identity_revealed"]);
        Assert.Equal(126, numbers["inspection_acted"]);
        Assert.All(numbers.Values, number => Assert.InRange(number, 16, ushort.MaxValue));
    }
}
