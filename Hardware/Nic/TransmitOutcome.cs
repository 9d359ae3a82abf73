namespace Disguise.Hardware.Nic;

/// <summary>What became of the next frame of a transmit queue.</summary>
internal enum TransmitOutcome
{
    /// <summary>Its descriptors are used up: it was sent, or dropped and counted.</summary>
    Taken,

    /// <summary>Its last descriptor has not been posted yet.</summary>
    Incomplete,

    /// <summary>There is no room in the device's buffer.</summary>
    NoRoom,

    /// <summary>The queue has to be disabled: its ring makes no sense or is not there.</summary>
    Stopped,
}
