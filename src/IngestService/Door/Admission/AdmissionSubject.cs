using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>What the rules look at: the envelope as far as it could be read, and whose connection it came over.</summary>
internal sealed record AdmissionSubject(OpenedEnvelope Opened, RegisteredProducer Producer, uint ConfirmedEpoch);
