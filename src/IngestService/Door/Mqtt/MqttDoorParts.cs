using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>What is started and stopped with the door, besides the session log.</summary>
internal sealed record MqttDoorParts(ReceivedRestore Restore, BookmarkPump Bookmarks, MqttServer Server, AlertFeed Feed, PresencePump Presence,
    AccessRules Rules);
