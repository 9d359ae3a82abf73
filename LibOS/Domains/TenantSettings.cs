using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Native;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Domains;

/// <summary>What the tenants of a group run; one object serves them all.</summary>
public sealed record TenantSettings
{
    private const long FirstPage = DomainLayout.FirstFreePage;

    /// <summary>The program.</summary>
    public required IApplication Application { get; init; }

    /// <summary>The interface that it uses.</summary>
    public TenantInterface Interface { get; init; }

    /// <summary>How the library waits for packets.</summary>
    public WaitPolicy Wait { get; init; } = WaitPolicy.Poll;

    /// <summary>Rate that it asks the kernel to hold it to, bits a second; 0 for none.</summary>
    public long RateLimitBitsPerSecond { get; init; }

    /// <summary>How its library answers when something is asked back.</summary>
    public RevocationAnswer Revocation { get; init; }

    /// <summary>Descriptors of the receive ring: 8 to 4,096, a multiple of 8.</summary>
    public int ReceiveRingSize { get; init; } = 32;

    /// <summary>Descriptors of the transmit ring, likewise.</summary>
    public int TransmitRingSize { get; init; } = 32;

    /// <summary>Where rings and packet buffers stand in the tenant's memory.</summary>
    public QueueLayout Layout => new(
        FirstPage, ReceiveRingSize, TransmitRingSize,
        Interface == TenantInterface.Posix ? PosixSockets.KeptLimit + 1 : 1);

    /// <summary>Virtual page of the application's own buffer.</summary>
    public long ApplicationPage => FirstPage + Layout.Pages;

    /// <summary>Pages of the application's own buffer.</summary>
    public int ApplicationPages => Interface == TenantInterface.Posix ? 1 : 0;

    /// <summary>Pages that the tenant allocates when it starts.</summary>
    public int Pages => Layout.Pages + ApplicationPages;
}
