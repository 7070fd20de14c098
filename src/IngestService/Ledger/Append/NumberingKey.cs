using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>One run of numbers: sequences count from 1 without gaps within it.</summary>
internal readonly record struct NumberingKey(string Producer, uint Epoch, RecordClass Class)
{
    public override string ToString() => $"{Producer}/{Epoch}/{Class}";
}
