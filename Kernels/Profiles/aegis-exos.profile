# Aegis and its library operating system ExOS (Engler, Kaashoek and O'Toole, SOSP 1995; here E95) on
# the DECstations of its Table 1: 11, 15 and 25 MIPS. What the paper gives in instructions stands in
# instructions; what it measured on a machine stands in a line `on` that machine, which holds there;
# the line without is the mean of the three in instructions. Loops were warm, the best case.
# A line: cost [on platform] = value unit [assumed] # source. Units: ps ns us instr; with /B a byte.

description = Aegis with ExOS

# Processor time: a slice is one tick of the clock
slice-tick = 15625 us # E95 section 5.1: 15.625 ms
slice-ticks = 1 # E95 section 5.1: a timer interrupt begins and ends each slice
slice-ticks-saved = 1 # E95: nothing is saved up
slice-ticks-excess = 8 assumed # E95: beyond a threshold the environment is destroyed; which?

# Kernel primitives. The platform's trap, exception-entry, address-space-switch and trap-return are
# what Tables 5 and 6 have beyond these instructions.
exception-forward = 18 instr # E95 6.3: dispatch to the application in 18 instructions
stlb-refill = 18 instr # E95: a hit in the software TLB takes 18 instructions
kernel-call-demultiplex = 10 instr # E95: about 10 of a transfer's 30 instructions
protected-transfer = 20 instr # E95: 30 instructions, less the 10 of demultiplexing
kernel-call = 27 instr # the mean of the three machines below
kernel-call on decstation-2100 = 2209 ns # E95 Table 4: 3.2 us less trap, return, 10 instructions
kernel-call on decstation-3100 = 2100 ns # E95 Table 4: 2.9 us less trap, return, 10 instructions
kernel-call on decstation-5000-125 = 1040 ns # E95 Table 4: 1.6 us less trap, return, 10 instr
kernel-call-stack = 14 instr # the mean of the three machines below
kernel-call-stack on decstation-2100 = 1500 ns # E95 Table 4: 4.7 us with a stack, 3.2 without
kernel-call-stack on decstation-3100 = 600 ns # E95 Table 4: 3.5 us with a stack, 2.9 without
kernel-call-stack on decstation-5000-125 = 700 ns # E95 Table 4: 2.3 us with a stack, 1.6 without
fault-look-up = 2 instr # the mean of the three machines below
fault-look-up on decstation-2100 = 200 ns # E95 Table 5: prot 3.0 us, overflow 2.8
fault-look-up on decstation-3100 = 200 ns # E95 Table 5: prot 2.3 us, overflow 2.1
fault-look-up on decstation-5000-125 = 0 ns # E95 Table 5: prot 1.5 us, overflow 1.5
tlb-write-call = 20 instr assumed # a capability compared, two coprocessor registers, tlbwr
frame-call = 40 instr assumed # a record of owner and capabilities looked up and written
slice-upcall = 30 instr assumed # the program counter of the slice's context, the vector's next
predicate-evaluate = 10 instr assumed # two loads, a comparison, a branch
context-save = 20 instr assumed # nine callee-saved registers and the stack stored or loaded
stride-select = 60 instr assumed # a heap of a few clients; the scheduler has under 100 lines
pipe-call = 500 instr assumed # as ultrix-4.2
pipe-byte = 2.145 instr/B assumed # as copy-receive
signal-send = 200 instr assumed # as ultrix-4.2

# Virtual memory (E95 Tables 10 and 13). Its primitives are taken apart as a library does them:
# prot1 = look-up + kernel call + TLB entry + page-protect; trap = exception + fault-dispatch.
page-table-lookup-linear = 211 instr # the mean of the three machines below
page-table-lookup-linear on decstation-2100 = 17500 ns # E95 Table 10: dirty
page-table-lookup-linear on decstation-3100 = 13100 ns # E95 Table 10: dirty
page-table-lookup-linear on decstation-5000-125 = 9800 ns # E95 Table 10: dirty
page-table-lookup-inverted = 88 instr # the mean of the two machines below
page-table-lookup-inverted on decstation-2100 = 8000 ns # E95 Table 13: dirty, inverted
page-table-lookup-inverted on decstation-3100 = 5900 ns # E95 Table 13: dirty, inverted
page-table-next-inverted = 8 instr assumed # mask, shift, scale, add, load, delay, compare, branch
page-protect = 111 instr # the mean of the three machines below
page-protect on decstation-2100 = 9982 ns # E95 Table 10: prot1 32.5 us less 17.5, 3.2 and 20 instr
page-protect on decstation-3100 = 7067 ns # E95 Table 10: prot1 24.4 us less 13.1, 2.9 and 20 instr
page-protect on decstation-5000-125 = 4700 ns # E95 Table 10: prot1 16.9 us less 9.8, 1.6, 20 instr
page-protect-range-page = 21 instr # the mean of the three machines below
page-protect-range-page on decstation-2100 = 1823 ns # E95 Table 10: (213 - 32.5) us / 99
page-protect-range-page on decstation-3100 = 1329 ns # E95 Table 10: (156 - 24.4) us / 99
page-protect-range-page on decstation-5000-125 = 930 ns # E95 Table 10: (109 - 16.9) us / 99
page-unprotect-range-page = 29 instr # the mean of the three machines below
page-unprotect-range-page on decstation-2100 = 2449 ns # E95 Table 10: (275 - 32.5) us / 99
page-unprotect-range-page on decstation-3100 = 1834 ns # E95 Table 10: (206 - 24.4) us / 99
page-unprotect-range-page on decstation-5000-125 = 1274 ns # E95 Table 10: (143 - 16.9) us / 99
fault-dispatch = 106 instr # the mean of the three machines below
fault-dispatch on decstation-2100 = 10900 ns # E95 Tables 10 and 5: trap 13.9 us less 3.0
fault-dispatch on decstation-3100 = 7800 ns # E95 Tables 10 and 5: trap 10.1 us less 2.3
fault-dispatch on decstation-5000-125 = 3300 ns # E95 Tables 10 and 5: trap 4.8 us less 1.5

# The network stack in the library. UDP over raw messages on AN2 at 42.9 MIPS, four ways through a
# stack in a round trip (ASH, SIGCOMM 1996, Tables 1 and 2): 203 us in place, 207 with a copy, and
# 176 us raw.
stack-receive-native = 290 instr assumed # (203 - 176) us / 4 at 42.9 MIPS
stack-send-native = 290 instr assumed # (203 - 176) us / 4 at 42.9 MIPS
stack-receive-posix = 332 instr assumed # (207 - 176) us / 4 at 42.9 MIPS
stack-send-posix = 332 instr assumed # (207 - 176) us / 4 at 42.9 MIPS
copy-receive = 2.145 instr/B # ASH Table 4: 20 MB/s at 42.9 MIPS
copy-send = 2.145 instr/B # ASH Table 4: 20 MB/s at 42.9 MIPS
demultiplexing = 45 instr # E95 Table 7: DPF 1.5 us on a 5000/200, which is 1.2 times a 5000/125

# The control plane and the scheduler: the paper prints no times for them
control-plane-call = 40 instr assumed # checks and bookkeeping of one call
page-table-entry = 20 instr assumed # one entry written
scheduler-wake-up = 40 instr assumed # an environment marked ready
scheduler-dispatch = 30 instr assumed # the next entry of the vector of slices
software-card-packet = 300 instr assumed # rings looked at, headers copied

# What a stack must do that tenants share; charged by placement, and no paper prints the split
receive-buffer-accounting = 10 instr assumed # an addition and a comparison
socket-lock-receive = 4 instr assumed # one processor: interrupts off and on
argument-check-receive = 10 instr assumed # descriptor, length and addresses
send-buffer-accounting = 10 instr assumed # an addition and a comparison
socket-lock-send = 4 instr assumed # one processor: interrupts off and on
argument-check-send = 10 instr assumed # descriptor, length and addresses
event-wait = 60 instr assumed # a few sockets looked at
event-notification = 15 instr assumed # one entry of a list
queueing-discipline = 60 instr assumed # classify, enqueue, dequeue of one packet
receiver-notification = 30 instr assumed # a flag of the environment that waits
user-copy-receive = 0 instr assumed # within the copy's time by the byte
user-copy-send = 0 instr assumed # within the copy's time by the byte

# The state of the core that a packet finds: these processors have no idle states
stack-receive-while-running = 0 instr assumed # no difference
stack-send-after-idle = 0 instr assumed # no difference
copy-receive-after-idle = 0 instr assumed # no difference
copy-send-after-idle = 0 instr assumed # no difference
trap-after-idle = 0 instr assumed # no difference
trap-return-after-idle = 0 instr assumed # no difference
idle-leave = 0 instr assumed # the idle loop spins

# What other designs need; this code has none of it
ipc-path = 60 instr assumed # L4 on the R4700: 86 cycles, trap and return included
system-call-path = 37 instr assumed # as kernel-call and its demultiplexing
signal-delivery = 108 instr assumed # as fault-dispatch
tlb-refill-handler = 9 instr assumed # as ultrix-4.2
