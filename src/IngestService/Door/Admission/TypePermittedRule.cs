using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>Producers send bodies 16 to 43 (record.proto); everything above is a fact of the service's own.</summary>
internal sealed class TypePermittedRule
{
    private const ushort First = Record.EpochStartFieldNumber;
    private const ushort Last = Record.RuleSetActivatedFieldNumber;

    public static RefusalDetail? Check(AdmissionSubject subject) => subject.Opened.RecordType switch
    {
        >= First and <= Last => null,
        0 => new RefusalDetail(RefusalCode.UnknownType, "the record has no body that this version knows"),
        var type => new RefusalDetail(RefusalCode.UnknownType, $"a producer may not send record type {type}"),
    };
}
