namespace Disguise.Actors.Dispatch;

/// <summary>Why a message reached nobody.</summary>
public enum UndeliveredReason
{
    /// <summary>Its receiver had stopped before the message came.</summary>
    ReceiverStopped,

    /// <summary>Its receiver stopped while the message waited in the mailbox.</summary>
    LeftInMailbox,

    /// <summary>It was sent to what stands above the island's root.</summary>
    AboveRoot,
}
