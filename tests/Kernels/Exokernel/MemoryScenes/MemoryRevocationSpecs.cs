using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>Frames are asked back of environments on a whole machine.</summary>
public sealed class MemoryRevocationSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long OrderPs = 100 * Us;
    private const long DeadlinePs = 40 * Us;
    private const long EndPs = 400 * Us;
    private const int Victim = 0;
    private const int Neighbour = 1;

    [Fact]
    public void What_is_given_back_in_time_is_chosen_by_the_environment()
    {
        using var scene = Scene(environment => environment.OnRequest = request =>
            environment.Return([environment.Frames[2], environment.Frames[9]]));
        scene.Revoke(Victim, 2, OrderPs, DeadlinePs).Run(EndPs);
        var report = Assert.Single(scene.Revocations);
        Assert.Equal((RevocationResult.Returned, 2), (report.Result, report.Amount));
        Assert.InRange(report.DonePs, OrderPs + 1, OrderPs + DeadlinePs);
        Assert.Equal([2, 9], Lost(scene));
        Assert.DoesNotContain(
            scene.Environments[Victim].Heard, heard => heard.Message is MemoryProtocol.FramesTaken);
        scene.CheckFrames();
    }

    [Fact]
    public void What_is_given_back_when_the_request_is_imperative_is_late()
    {
        using var scene = Scene(environment => environment.OnRequest = request =>
        {
            if (request.IsImperative)
                environment.Return([environment.Frames[0]]);
        });
        scene.Revoke(Victim, 1, OrderPs, DeadlinePs).Run(EndPs);
        var report = Assert.Single(scene.Revocations);
        Assert.Equal((RevocationResult.ReturnedLate, 1), (report.Result, report.Amount));
        Assert.InRange(report.DonePs, OrderPs + DeadlinePs, OrderPs + DeadlinePs + (50 * Us));
        Assert.Equal([0], Lost(scene));
    }

    [Fact]
    public void From_who_is_silent_it_is_taken_by_force_and_not_before_the_time()
    {
        using var scene = Scene(_ => { });
        scene.Revoke(Victim, 3, OrderPs, DeadlinePs);
        scene.Run(OrderPs + DeadlinePs + (50 * Us) - 1);
        Assert.Empty(scene.Revocations);
        Assert.Empty(Lost(scene));
        scene.Run(EndPs);
        var report = Assert.Single(scene.Revocations);
        Assert.Equal((RevocationResult.Forced, 3), (report.Result, report.Amount));
        Assert.InRange(
            report.DonePs, OrderPs + DeadlinePs + (50 * Us),
            OrderPs + DeadlinePs + (60 * Us));
        Assert.Equal([9, 10, 11], Lost(scene));
        Assert.Equal(
            new MemoryProtocol.FramesTaken(3, 0),
            scene.Environments[Victim].Heard[^1].Message);
        scene.CheckFrames();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_answers_with_a_neighbours_frames_has_its_own_taken(bool isGuarded)
    {
        MemoryScene? made = null;
        using var scene = made = Scene(
            environment => environment.OnRequest = request =>
                environment.Return([made!.Environments[Neighbour].Frames[0]]),
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.ReturnedFrames));
        scene.Revoke(Victim, 1, OrderPs, DeadlinePs).Run(EndPs);
        Assert.Equal(
            isGuarded ? RevocationResult.Forced : RevocationResult.Returned,
            Assert.Single(scene.Revocations).Result);
        Assert.Equal(isGuarded, CanReach(scene, Neighbour, 0));
        Assert.Equal(isGuarded ? [11] : [], Lost(scene));
        if (isGuarded)
        {
            Assert.Equal(
                [ExokernelRefusal.NotTheOwner, ExokernelRefusal.NotTheOwner],
                scene.Environments[Victim].Heard.Select(heard => heard.Message)
                    .OfType<MemoryProtocol.ReturnRefused>().Select(refused => refused.Reason));
        }
    }

    [Fact]
    public void A_neighbour_that_shares_nothing_sees_nothing_to_the_picosecond()
    {
        using var calm = Scene(_ => { });
        calm.Run(EndPs);
        using var scene = Scene(_ => { });
        scene.Revoke(Victim, 3, OrderPs, DeadlinePs).Run(EndPs);
        Assert.NotEmpty(scene.Revocations);
        Assert.True(calm.Environments[Neighbour].Notes.Count > 100);
        Assert.Equal(calm.Environments[Neighbour].Notes, scene.Environments[Neighbour].Notes);
    }

    [Fact]
    public void What_is_guaranteed_is_refused_to_the_operator_whatever_he_asks()
    {
        using var scene = Scene(_ => { }, pages: 8);
        scene.Revoke(Victim, 1, OrderPs, DeadlinePs);
        scene.Revoke(Victim, 1, OrderPs + 1, DeadlinePs, asks: false).Run(EndPs);
        Assert.Empty(Lost(scene));
        Assert.All(
            scene.Revocations, report => Assert.Equal(RevocationResult.Refused, report.Result));
    }

    [Fact]
    public void The_bytes_of_what_is_taken_are_at_the_place_that_was_loaded_for_them()
    {
        var place = 0L;
        using var scene = Scene(
            _ => { },
            program: async environment =>
            {
                await environment.SetUp(12);
                place = (await environment.Call(new MemoryCall.LoadBacking())).Value;
                environment.TryStore(11, 4711);
                await environment.Work(300 * Us);
                Assert.False(environment.TryLoad(11, out _));
                var entry = await environment.Call(new MemoryCall.ReadRepossession());
                Assert.Equal((environment.Frames[11], place), (entry.Value, entry.Second));
                var empty = await environment.Call(new MemoryCall.ReadRepossession());
                Assert.Equal(ExokernelRefusal.NothingRepossessed, empty.Refusal);
                var frame = await environment.Call(new MemoryCall.AllocateFrame(-1));
                await environment.Bind(11, frame.Value);
                Assert.True(environment.TryLoad(11, out var zero));
                Assert.Equal(0UL, zero);
                var back = await environment.Call(new MemoryCall.ReadBack(place, frame.Value));
                await environment.Work(back.Value);
                Assert.True(environment.TryLoad(11, out var value));
                Assert.Equal(4711UL, value);
                environment.Notes.Add(back.Value);
            });
        scene.Revoke(Victim, 1, OrderPs, 0, asks: false).Run(EndPs);
        var report = Assert.Single(scene.Revocations);
        Assert.Equal(RevocationResult.Forced, report.Result);
        Assert.InRange(report.DonePs, OrderPs + (10 * Us), OrderPs + (11 * Us));
        Assert.True(scene.Environments[Victim].HasEnded);
    }

    [Fact]
    public void A_place_that_is_loaded_is_not_given_up_and_force_writes_over_no_neighbours_page()
    {
        const ulong Secret = 0x5EC2E7;
        ulong found = 0;
        var refusal = ExokernelRefusal.None;
        var submitted = -1L;
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            await environment.SetUp(12);
            var place = (await environment.Call(new MemoryCall.LoadBacking())).Value;
            environment.TryStore(11, 4711);
            refusal = (await environment.Call(
                new MemoryCall.ReadBack(place, environment.Frames[0]))).Refusal;
            await environment.Work(EndPs);
        });
        scene.Add(async environment =>
        {
            await environment.SetUp(12);
            environment.TryStore(3, Secret);
            await environment.Work(60 * Us);
            submitted = (await environment.Call(
                new MemoryCall.SubmitPage(environment.Frames[3]))).Value;
            await environment.Work(OrderPs + (20 * Us));
            var frame = await environment.Call(new MemoryCall.AllocateFrame(-1));
            await environment.Bind(3, frame.Value);
            await environment.Call(new MemoryCall.ReadBack(submitted, frame.Value));
            environment.TryLoad(3, out found);
        });
        scene.Start().Run(Us);
        scene.Revoke(Victim, 1, OrderPs, 0, asks: false).Run(EndPs);
        Assert.Equal(RevocationResult.Forced, Assert.Single(scene.Revocations).Result);
        Assert.Equal(ExokernelRefusal.PlaceIsLoaded, refusal);
        Assert.Equal(1, submitted);
        Assert.Equal(Secret, found);
    }

    [Fact]
    public void A_page_is_read_back_into_no_frame_of_anothers_that_one_may_write()
    {
        var refusal = ExokernelRefusal.None;
        var lent = -1L;
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            await environment.SetUp(2);
            await environment.Call(new MemoryCall.ChangeList(
                environment.Frames[0], 0, 1, Capability.OfEnvironment(Neighbour, 0)));
            lent = environment.Frames[0];
        });
        scene.Add(async environment =>
        {
            await environment.SetUp(2);
            await environment.Work(60 * Us);
            var place = await environment.Call(new MemoryCall.SubmitPage(environment.Frames[0]));
            Assert.Equal(ExokernelRefusal.None, (await environment.Bind(9, lent)).Refusal);
            refusal = (await environment.Call(
                new MemoryCall.ReadBack(place.Value, lent))).Refusal;
        });
        scene.Start().Run(EndPs);
        Assert.Equal(ExokernelRefusal.NotTheOwner, refusal);
    }

    [Fact]
    public void In_an_emergency_an_environment_submits_what_is_guaranteed_to_it_by_itself()
    {
        var places = new List<long>();
        using var scene = Scene(
            _ => { },
            pages: 8,
            program: async environment =>
            {
                await environment.SetUp(8);
                environment.TryStore(3, 99);
                await environment.Work(110 * Us);
                var told = Assert.IsType<MemoryProtocol.Emergency>(environment.Heard[^1].Message);
                Assert.Equal(2, told.Amount);
                foreach (var page in (int[])[3, 4])
                {
                    var submitted = await environment.Call(
                        new MemoryCall.SubmitPage(environment.Frames[page]));
                    Assert.Equal(ExokernelRefusal.None, submitted.Refusal);
                    places.Add(submitted.Value);
                }

                Assert.False(environment.TryLoad(3, out _));
            });
        scene.Revoke(Victim, 2, OrderPs, DeadlinePs).Run(EndPs);
        var report = Assert.Single(scene.Revocations);
        Assert.Equal((RevocationResult.Returned, 2), (report.Result, report.Amount));
        Assert.Equal([0L, 1L], places);
        Assert.True(scene.Environments[Victim].HasEnded);
        scene.CheckFrames();
    }

    private static MemoryScene Scene(
        Action<MemoryEnvironment> prepare, Guards? guards = null, int pages = 12,
        MemoryEnvironment.Program? program = null)
    {
        var scene = new MemoryScene(guards);
        scene.Add(async environment =>
        {
            prepare(environment);
            if (program is not null)
            {
                await program(environment);
                return;
            }

            await environment.SetUp(pages);
            await Busy(environment);
        });
        scene.Add(async environment =>
        {
            await environment.SetUp(12);
            await Busy(environment);
        });
        return scene.Start().Run(OrderPs - (20 * Us));
    }

    /// <summary>Works and touches memory all the time, and notes when.</summary>
    private static async EmulatedTask Busy(MemoryEnvironment environment)
    {
        while (environment.Cpu.ClockPs < EndPs + Us)
        {
            environment.TryLoad(environment.Notes.Count % 8, out _);
            await environment.Work(environment.Cpu.ClockPs + Us);
            environment.Notes.Add(environment.Cpu.ClockPs);
        }
    }

    /// <summary>Pages of the victim that lead nowhere any more.</summary>
    private static IEnumerable<int> Lost(MemoryScene scene) =>
        Enumerable.Range(0, scene.Environments[Victim].Frames.Count)
            .Where(page => !CanReach(scene, Victim, page));

    private static bool CanReach(MemoryScene scene, int environment, int page) =>
        scene.Environments[environment].TryLoad(page, out _);
}
