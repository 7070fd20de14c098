using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>One numbering: what is without gaps within it is complete.</summary>
internal readonly record struct SequenceKey(string Producer, uint Epoch, RecordClass RecordClass);
