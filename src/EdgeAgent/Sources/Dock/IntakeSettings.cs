using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// What stays the same for every file this station takes.
internal sealed record IntakeSettings(
    string Producer, RecordingNameParser Names, MediaHashOptions Hashing, StationStore Store, TimeProvider Time);
